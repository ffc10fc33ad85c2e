package dev.sallyport.sandbox;

import dev.sallyport.sandbox.demo.DemoCommand;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
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
        return new CommandLine(new SandboxCli());
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
