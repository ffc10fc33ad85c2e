package dev.sallyport.sandbox.demo;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the sandbox and a gateway in front of it, walks, and then goes on running. */
@Command(
        name = "demo",
        description = {
            "Starts the sandbox and the gateway, walks through calls that both doors let through and calls that one of them"
                    + " refuses, and shows what each door did. Then goes on running until Ctrl-C.",
            "Exit status 0 if every step went as announced."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class DemoCommand implements Callable<Integer> {
    /** As the shell says it of a program that wrote to a pipe that is not read any more: 128 and SIGPIPE. */
    private static final int BROKEN_PIPE = 141;

    private static final int MOST_PORT = 65_535;

    @Option(names = "--once", description = "Ends after the walk.")
    private boolean once;

    @Option(names = "--port", defaultValue = "9400", description = "The gateway's port.")
    private int port;

    @Option(names = "--management-port", defaultValue = "9401", description = "The gateway's management port.")
    private int managementPort;

    @Option(names = "--sandbox-port", defaultValue = "9410", description = "The sandbox's port.")
    private int sandboxPort;

    @Option(names = "--gateway", paramLabel = "JAR", required = true, hidden = true)
    private @Nullable Path gateway;

    /** For training runs, of which the JVM keeps what it learnt once it ends in order. */
    @Option(names = "--gateway-java", paramLabel = "COMMAND", split = " ", hidden = true)
    private List<String> gatewayJava = List.of();

    @Option(
            names = {"--colour", "--color"},
            description = "In colour. The script asks for it on a terminal, unless NO_COLOR is set.")
    private boolean colour;

    @Option(
            names = "--columns",
            paramLabel = "COUNT",
            defaultValue = "0",
            description = "Keeps lines within so many columns; 0 is any. The script gives the terminal's.")
    private int columns;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (gateway == null || !Files.isReadable(gateway)) {
            System.err.println("sallyport: there is no gateway jar at " + gateway);
            return ExitCode.USAGE;
        }
        int[] ports = {sandboxPort, port, managementPort};
        for (int wanted : ports) {
            if (wanted < 1 || wanted > MOST_PORT) {
                throw new ParameterException(
                        spec.commandLine(), "a port must be between 1 and " + MOST_PORT + ", was " + wanted);
            }
        }
        for (int wanted : ports) {
            if (isTaken(wanted)) {
                System.err.printf(
                        Locale.ROOT,
                        "sallyport: port %d on 127.0.0.1 is taken. Choose others with --port, --management-port and"
                                + " --sandbox-port.%n",
                        wanted);
                return ExitCode.SOFTWARE;
            }
        }
        var printer = new DemoPrinter(System.out, colour, columns);
        SandboxOptions options = SandboxOptions.defaults().withPort(sandboxPort).withFaults(true);
        try (Sandbox sandbox = Sandbox.start(options)) {
            return demo(sandbox, gateway, printer);
        } catch (DemoPrinter.Gone readerLeft) {
            return BROKEN_PIPE;
        }
    }

    private static boolean isTaken(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    private int demo(Sandbox sandbox, Path jar, DemoPrinter printer) throws IOException, InterruptedException {
        printer.line("Sandbox (stand-in provider) on " + sandbox.baseUrl());
        printer.line("Starting the gateway on http://127.0.0.1:" + port + " …");
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try (GatewayProcess process = GatewayProcess.start(gatewayJava, jar, sandbox.baseUrl(), port, managementPort)) {
            DemoInterrupt.closes(process);
            if (!process.awaitReady(client, managementPort)) {
                return notReady(process);
            }
            var walk = new DemoWalkthrough(client, "http://127.0.0.1:" + port, process, sandbox, printer);
            boolean fine = walk.walk();
            if (!once) {
                invite(printer, sandbox);
                sandbox.awaitClose();
            }
            return fine ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static int notReady(GatewayProcess process) {
        if (!DemoInterrupt.isUnderWay()) {
            process.log().rest().forEach(line -> System.err.println(line));
            System.err.println("sallyport: the gateway did not become ready");
        }
        return ExitCode.SOFTWARE;
    }

    private void invite(DemoPrinter printer, Sandbox sandbox) {
        printer.heading("Still running; Ctrl-C ends it.");
        printer.line("  gateway   http://127.0.0.1:" + port);
        printer.line("  metrics   http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        printer.line("  sandbox   " + sandbox.baseUrl() + "/sandbox/fixtures");
        printer.line("");
        printer.line("  curl -i http://127.0.0.1:" + port + "/v1/sessions/migrate \\");
        printer.line("       -u " + Fixtures.CONSUMER_PROJECT_ID + ":" + Fixtures.CONSUMER_SECRET + " \\");
        printer.line("       -H 'Content-Type: application/json' \\");
        printer.line(
                "       -d '{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}'");
    }
}
