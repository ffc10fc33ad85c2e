package dev.sallyport.gateway;

import dev.sallyport.config.file.UnusableFile;
import dev.sallyport.gateway.management.meters.BuildInfo;
import java.io.PrintWriter;
import java.nio.file.Path;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line: its own verbs, and those of other programs, which are handed on. */
@Command(
        name = "sallyport",
        description = "A session-contract gateway: two doors between your services and your identity provider.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Versions.class)
public final class Cli implements Callable<Integer> {
    /** Not an exit status: a server was started and the process stays. */
    static final int KEEPS_RUNNING = -1;

    private static final String RUN = "run";
    private static final List<Class<?>> OTHERS = List.of(
            Check.class,
            KeyCommand.class,
            Contracts.class,
            Demo.class,
            Sandbox.class,
            Prepare.class,
            HealthCommand.class,
            Version.class,
            Help.class);

    /** Verbs that take options which are not of this command line. */
    private static final List<String> HANDING_ON = List.of(RUN, "check", "contracts", "demo", "sandbox");

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs one command; returns the exit status: 0 fine, 1 something is wrong, 2 the command line is. */
    static int run(String... arguments) {
        Optional<List<String>> plain = PlainStart.arguments(arguments);
        if (plain.isEmpty()) {
            return line(arguments).execute(arguments);
        }
        try {
            GatewayProcess.start(plain.get());
            return KEEPS_RUNNING;
        } catch (Exception failure) {
            return told(
                    failure,
                    Objects.requireNonNull(line(arguments).getSubcommands().get(RUN)));
        }
    }

    /** Runs one command; what is wrong is told to {@code err}. */
    static int run(PrintWriter err, String... arguments) {
        return line(arguments).setErr(err).execute(arguments);
    }

    /** All commands; but a start does not wait for those that it is not. */
    static CommandLine line(String... arguments) {
        var line = new CommandLine(new Cli()).addSubcommand(Run.class);
        if (arguments.length == 0 || !arguments[0].equals(RUN)) {
            OTHERS.forEach(line::addSubcommand);
        }
        line.getSubcommands()
                .forEach((name, command) -> (HANDING_ON.contains(name)
                                ? List.of(command)
                                : command.getSubcommands().values())
                        .forEach(verb -> verb.setUnmatchedOptionsArePositionalParams(true)));
        return line.setParameterExceptionHandler((wrong, given) -> {
                    Misunderstood.tell(wrong);
                    return 2;
                })
                .setExecutionExceptionHandler((failure, failed, parsed) -> told(failure, failed));
    }

    private static int told(Exception failure, CommandLine failed) {
        if (failure instanceof UnusableFile unusable) {
            Misunderstood.tell(unusable, failed);
            return 2;
        }
        StartProblem.tell(failure, failed.getErr());
        return 1;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
        return 2;
    }

    /** Options that settings come from. */
    static final class SettingsOptions {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "Settings file (YAML). Default: sallyport.yml in this folder, if it is there.")
        private @Nullable Path config;

        @Parameters(paramLabel = "--KEY=VALUE", description = "Any Spring property; wins over the file.")
        private List<String> properties = new ArrayList<>();

        @Spec(Spec.Target.MIXEE)
        private @Nullable CommandSpec spec;

        /** As arguments for Spring; the file must be there. */
        List<String> arguments() {
            CommandLine line = Objects.requireNonNull(spec).commandLine();
            for (String property : properties) {
                if (property.matches("--[^=]*\\.[^=]*")) {
                    throw new ParameterException(
                            line, "a property takes its value behind an equals sign: " + property + "=VALUE");
                }
                if (!property.startsWith("--") || !property.contains("=")) {
                    throw new ParameterException(line, "neither an option nor a property: " + name(property));
                }
            }
            return PlainStart.forSpring(properties, config);
        }

        /** A property's value may be a secret. */
        private static String name(String property) {
            int equals = property.indexOf('=');
            return equals < 0 ? property : property.substring(0, equals);
        }
    }

    /** The gateway. */
    @Command(
            name = "run",
            description = "Runs the gateway. Any Spring property may follow as --key=value.",
            mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {
        @CommandLine.Mixin
        SettingsOptions settings = new SettingsOptions();

        @Override
        public Integer call() {
            GatewayProcess.start(settings.arguments());
            return KEEPS_RUNNING;
        }
    }

    /** Reads everything, starts nothing. */
    @Command(
            name = "check",
            description = "Reads settings and contracts, compiles every schema and tries every example; starts nothing."
                    + " Exit status 1 if anything is wrong.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @CommandLine.Mixin
        private SettingsOptions settings = new SettingsOptions();

        @Option(names = "--pipelines", description = "Prints the assembled pipeline of every operation.")
        private boolean pipelines;

        @Override
        public Integer call() {
            return new ConfigurationCheck(System.out, pipelines).run(settings.arguments());
        }
    }

    /** Handed on to the tools' jar. */
    @Command(name = "contracts", description = "Makes contract packs, compares them, and tries them.")
    static final class Contracts implements Callable<Integer> {
        @Parameters(paramLabel = "OPTION", description = "Commands of the tools' own; see --help.")
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            return new SiblingJar("tools").run("contracts", arguments);
        }
    }

    /** Handed on to the sandbox's jar. */
    @Command(
            name = "demo",
            description = "Starts the sandbox and the gateway and walks through calls that pass and calls that do not.")
    static final class Demo implements Callable<Integer> {
        @Parameters(paramLabel = "OPTION", description = "Options of the sandbox's own; see --help.")
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            List<String> options = new ArrayList<>(List.of("--gateway=" + SiblingJar.own()));
            options.addAll(arguments);
            return new SiblingJar("sandbox").run("demo", options);
        }
    }

    /** Handed on to the sandbox's jar. */
    @Command(name = "sandbox", description = "Runs the stand-in provider alone.")
    static final class Sandbox implements Callable<Integer> {
        @Parameters(paramLabel = "OPTION", description = "Options of the sandbox's own; see --help.")
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            return new SiblingJar("sandbox").run("sandbox", arguments);
        }
    }

    /** Done by the script, before there is a JVM. */
    @Command(
            name = "prepare",
            description =
                    "Makes later starts by this script, with this JDK, faster: unpacks the gateway, has it serve once and"
                            + " keeps the classes that it then had.",
            mixinStandardHelpOptions = true)
    static final class Prepare implements Callable<Integer> {
        @Override
        public Integer call() {
            System.err.println("sallyport: prepare is done by the script sallyport, for its own starts");
            return 1;
        }
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
        public Integer call() throws Exception {
            CommandLine line = Objects.requireNonNull(spec).root().commandLine();
            for (String step : path) {
                if (line.getCommand() instanceof Contracts) {
                    return new SiblingJar("tools").run("help", path);
                }
                @Nullable CommandLine below = line.getSubcommands().get(step);
                if (below == null) {
                    String name = line.getCommandSpec().qualifiedName() + " " + step;
                    throw new ParameterException(line, "there is no command '" + name + "'");
                }
                line = below;
            }
            List<String> asked = new ArrayList<>(path);
            asked.add("--help");
            return run(asked.toArray(new String[0]));
        }
    }

    /** What this is. */
    @Command(
            name = "version",
            description = "Prints the version, the commit that was built, and the time that its build is dated.",
            mixinStandardHelpOptions = true)
    static final class Version implements Callable<Integer> {
        @Override
        public Integer call() {
            for (String line : new Versions().getVersion()) {
                System.out.println(line);
            }
            return 0;
        }
    }

    /** The build's version and the JVM's. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var build = new BuildInfo();
            return new String[] {
                "sallyport %s (commit %s, built %s, Java %s)"
                        .formatted(build.version(), build.commit(), build.time(), Runtime.version())
            };
        }
    }
}
