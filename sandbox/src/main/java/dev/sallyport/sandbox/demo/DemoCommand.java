package dev.sallyport.sandbox.demo;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Starts the sandbox and a gateway in front of it, walks, and then goes on running. */
@Command(
        name = "demo",
        description = {
            "Starts the sandbox and the gateway, walks through one good call of each kind and one of each refusal, and shows"
                    + " what each door did. Then goes on running until Ctrl-C.",
            "Exit status 0 if every step went as announced."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class DemoCommand implements Callable<Integer> {
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

    @Option(
            names = {"--colour", "--color"},
            description = "In colour. ./sallyport asks for it on a terminal, unless NO_COLOR is set.")
    private boolean colour;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = System.out;
        if (gateway == null || !Files.isReadable(gateway)) {
            System.err.println("sallyport: there is no gateway jar at " + gateway);
            return ExitCode.USAGE;
        }
        for (int wanted : new int[] {sandboxPort, port, managementPort}) {
            if (isTaken(wanted)) {
                System.err.printf(
                        Locale.ROOT,
                        "sallyport: port %d on 127.0.0.1 is taken. Choose others with --port, --management-port and"
                                + " --sandbox-port.%n",
                        wanted);
                return ExitCode.SOFTWARE;
            }
        }
        var paper = new Paper(out, colour);
        SandboxOptions options = SandboxOptions.defaults().withPort(sandboxPort).withFaults(true);
        try (Sandbox sandbox = Sandbox.start(options)) {
            return demo(sandbox, gateway, paper);
        }
    }

    private static boolean isTaken(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (IOException taken) {
            return true;
        }
    }

    private int demo(Sandbox sandbox, Path jar, Paper paper) throws IOException, InterruptedException {
        paper.line("Sandbox (stand-in provider) on " + sandbox.baseUrl());
        paper.line("Starting the gateway on http://127.0.0.1:" + port + " …");
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try (GatewayProcess process = GatewayProcess.start(jar, sandbox.baseUrl(), port, managementPort)) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::close));
            if (!process.awaitReady(client, managementPort)) {
                process.rest().forEach(line -> System.err.println(line));
                System.err.println("sallyport: the gateway did not become ready");
                return ExitCode.SOFTWARE;
            }
            var walk = new Walk(client, "http://127.0.0.1:" + port, process, sandbox, paper);
            boolean fine = walk.walk();
            if (!once) {
                invite(paper, sandbox);
                sandbox.awaitClose();
            }
            return fine ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private void invite(Paper paper, Sandbox sandbox) {
        paper.heading("Still running; Ctrl-C ends it.");
        paper.line("  gateway   http://127.0.0.1:" + port);
        paper.line("  metrics   http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        paper.line("  sandbox   " + sandbox.baseUrl() + "/sandbox/fixtures");
        paper.line("");
        paper.line("  curl -i http://127.0.0.1:" + port + "/v1/sessions/migrate \\");
        paper.line("       -u " + Fixtures.CONSUMER_PROJECT_ID + ":" + Fixtures.CONSUMER_SECRET + " \\");
        paper.line("       -H 'Content-Type: application/json' \\");
        paper.line(
                "       -d '{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}'");
    }
}
