package dev.sallyport.sandbox.cli;

import dev.sallyport.sandbox.demo.DemoCommand;
import dev.sallyport.sandbox.demo.DemoInterrupt;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs of the sandbox's jar. */
@Command(
        name = "sallyport",
        description = "The stand-in provider for demos, tests and load runs.",
        subcommands = {HelpCommand.class, SandboxCommand.class, DemoCommand.class, SandboxCli.VersionCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class SandboxCli implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new SandboxCli())
                .setParameterExceptionHandler((wrong, given) -> misunderstood(wrong))
                .setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed.getErr()));
    }

    /** In a line, with the way to the rest. */
    private static int misunderstood(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println("sallyport: " + wrong.getMessage());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        line.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** What fails because the process is about to end is not told; what the network or the disk says no to, in a line. */
    private static int failed(Exception failure, PrintWriter err) {
        if (DemoInterrupt.isUnderWay()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (failure instanceof IOException broken) {
            err.println("sallyport: " + broken);
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().usage(err);
        return CommandLine.ExitCode.USAGE;
    }

    /** Says which version this is. */
    @Command(name = "version", description = "Prints the version.", versionProvider = Version.class)
    static final class VersionCommand implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().printVersionHelp(spec.commandLine().getOut());
            return CommandLine.ExitCode.OK;
        }
    }

    /** Reads the version from the jar's manifest; outside a jar there is none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(SandboxCli.class.getPackage().getImplementationVersion())
                    .orElse("development build");
            return new String[] {"Sallyport sandbox " + version};
        }
    }
}
