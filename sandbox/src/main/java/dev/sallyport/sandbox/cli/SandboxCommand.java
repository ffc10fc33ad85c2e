package dev.sallyport.sandbox.cli;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.netty.ChannelBindException;

/** Runs the sandbox until it is stopped. */
@Command(
        name = "sandbox",
        description = "Runs the stand-in provider until it is stopped.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SandboxCommand implements Callable<Integer> {
    @Option(names = "--host", defaultValue = "127.0.0.1", description = "The address to listen on.")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "9410", description = "The port to listen on; 0 for any.")
    private int port;

    @Option(names = "--faults", description = "Obeys the header X-Sandbox-Fault.")
    private boolean faults;

    @Option(
            names = "--presigned",
            defaultValue = "0",
            description = "Signs that many sessions of each kind and uses them in turn; 0 signs every time.")
    private int presigned;

    @Option(
            names = "--latency",
            defaultValue = "0",
            description = "Milliseconds that every operation waits before it answers.")
    private long latency;

    @Option(
            names = "--workers",
            defaultValue = "0",
            description = "Operations that are under way at once; others wait in line. 0 for any number.")
    private int workers;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public Integer call() {
        SandboxOptions options = options();
        try (Sandbox sandbox = Sandbox.start(options)) {
            announce(sandbox);
            sandbox.awaitClose();
            return CommandLine.ExitCode.OK;
        } catch (ChannelBindException taken) {
            PrintWriter err = spec.commandLine().getErr();
            String why = taken.getCause() == null ? "" : " (" + taken.getCause() + ")";
            err.printf(
                    Locale.ROOT,
                    "sallyport: cannot listen on %s:%d%s; try another --host or --port%n",
                    host,
                    port,
                    why);
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private SandboxOptions options() {
        try {
            return SandboxOptions.defaults()
                    .withHost(host)
                    .withPort(port)
                    .withFaults(faults)
                    .withPresigned(presigned)
                    .withLatency(Duration.ofMillis(latency))
                    .withWorkers(workers);
        } catch (IllegalArgumentException invalid) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()));
        }
    }

    private void announce(Sandbox sandbox) {
        PrintWriter out = spec.commandLine().getOut();
        String url = sandbox.baseUrl();
        out.printf(Locale.ROOT, "Sandbox on %s (faults %s)%n", url, faults ? "on" : "off");
        out.printf(Locale.ROOT, "  consumer project  %s%n", Fixtures.CONSUMER_PROJECT_ID);
        out.printf(Locale.ROOT, "  B2B project       %s%n", Fixtures.B2B_PROJECT_ID);
        out.printf(Locale.ROOT, "  all fixtures      %s/sandbox/fixtures%n%n", url);
        out.printf(Locale.ROOT, "Try:%n%n%s%n", curl(url));
        out.flush();
    }

    private static String curl(String url) {
        return String.join(
                " \\\n     ",
                "curl " + url + "/v1/sessions/migrate",
                "-u " + Fixtures.CONSUMER_PROJECT_ID + ":" + Fixtures.CONSUMER_SECRET,
                "-H 'Content-Type: application/json'",
                "-d '{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}'");
    }
}
