package dev.sallyport.gateway;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that was not understood: told in a line, with the way to the rest. */
final class Misunderstood {
    private Misunderstood() {}

    static void tell(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        String command = line.getCommandSpec().qualifiedName();
        PrintWriter err = line.getErr();
        err.println("sallyport: " + words(wrong, line, command));
        err.println("Try '" + command + " --help'.");
        err.flush();
    }

    private static String words(ParameterException wrong, CommandLine line, String command) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || line.getSubcommands().isEmpty()) {
            return String.valueOf(wrong.getMessage());
        }
        return "there is no command '" + command + " "
                + unmatched.getUnmatched().get(0) + "'";
    }
}
