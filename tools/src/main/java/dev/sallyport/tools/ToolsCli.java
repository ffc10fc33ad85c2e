package dev.sallyport.tools;

import dev.sallyport.config.file.UnusableFile;
import dev.sallyport.contract.file.PackProblem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line of the tools' jar. */
@Command(
        name = "sallyport",
        description = "Makes contract packs, compares them, and tries them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Contracts.class, ToolsCli.Help.class},
        mixinStandardHelpOptions = true,
        versionProvider = ToolsCli.Version.class)
public final class ToolsCli implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    /** Runs the command line and leaves with its exit status. */
    public static void main(String... arguments) {
        System.exit(line().execute(arguments));
    }

    /** Tells mistakes in words; of a bug, everything. */
    static CommandLine line() {
        return new CommandLine(new ToolsCli())
                .setExecutionStrategy(ToolsCli::executed)
                .setParameterExceptionHandler((wrong, given) -> {
                    Misunderstood.tell(wrong);
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    if (failure instanceof UnusableFile unusable) {
                        Misunderstood.tell(unusable, failed);
                        return CommandLine.ExitCode.USAGE;
                    }
                    tell(failure, failed.getErr());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Runs a command; what it lacks of the machine is told in a line as well. */
    private static int executed(ParseResult parsed) {
        String problem;
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (StackOverflowError tooDeep) {
            problem = "nests too deep, or its references lead on and on";
        } catch (OutOfMemoryError tooLarge) {
            problem = "takes more memory than there is; JAVA_OPTS=-Xmx4g gives 4 GB";
        }
        PrintWriter err = parsed.commandSpec().commandLine().getErr();
        err.println("sallyport: what was given " + problem);
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void tell(Exception failure, PrintWriter err) {
        if (failure instanceof PackProblem || failure instanceof SettingsFileProblem) {
            err.println(failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    @Override
    public Integer call() {
        throw Misunderstood.withoutCommand(Objects.requireNonNull(spec));
    }

    /** What a command says to {@code --help}. */
    @Command(name = "help", description = "Prints what a command takes.", mixinStandardHelpOptions = true)
    static final class Help implements Callable<Integer> {
        @Parameters(
                paramLabel = "COMMAND",
                description = "The command, such as: contracts import. Default: all of them.")
        private List<String> path = new ArrayList<>();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            CommandLine line = Objects.requireNonNull(spec).root().commandLine();
            for (String step : path) {
                @Nullable CommandLine below = line.getSubcommands().get(step);
                if (below == null) {
                    String name = line.getCommandSpec().qualifiedName() + " " + step;
                    throw new ParameterException(line, "there is no command '" + name + "'");
                }
                line = below;
            }
            line.usage(System.out);
            return CommandLine.ExitCode.OK;
        }
    }

    /** As the jar's manifest says; outside of a jar there is none. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Sallyport tools " + number()};
        }

        static String number() {
            return Optional.ofNullable(ToolsCli.class.getPackage().getImplementationVersion())
                    .orElse("development build");
        }
    }
}
