package dev.sallyport.tools;

import dev.sallyport.config.file.UnusableFile;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line that was not understood: told in a line, with the way to the rest. The same stands in the gateway: neither jar
 * carries the other, and what both carry knows no command line.
 */
final class Misunderstood {
    private Misunderstood() {}

    /** A command that only its own commands can do something with. */
    static ParameterException withoutCommand(CommandSpec spec) {
        String commands = spec.subcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .collect(Collectors.joining(" or "));
        return new ParameterException(
                spec.commandLine(), "a command is missing after '" + spec.qualifiedName() + "': " + commands);
    }

    static void tell(ParameterException wrong) {
        tell(words(wrong), wrong.getCommandLine());
    }

    static void tell(UnusableFile wrong, CommandLine line) {
        tell(String.valueOf(wrong.getMessage()), line);
    }

    private static void tell(String words, CommandLine line) {
        PrintWriter err = line.getErr();
        err.println("sallyport: " + words);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
    }

    private static String words(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || line.getSubcommands().isEmpty()) {
            return String.valueOf(wrong.getMessage());
        }
        return "there is no command '" + line.getCommandSpec().qualifiedName() + " "
                + unmatched.getUnmatched().get(0) + "'";
    }
}
