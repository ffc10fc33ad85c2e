package dev.sallyport.sandbox.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gateway as a process of its own, started from its jar with settings for the demo. */
public final class GatewayProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(150);

    /** A JVM that ends in order may write what it learnt, which takes it a while. */
    private static final Duration END = Duration.ofMinutes(3);

    private final Process process;
    private final Path settings;
    private final boolean endsInOrder;
    private final GatewayLog log = new GatewayLog();

    private GatewayProcess(Process process, Path settings, boolean endsInOrder) {
        this.process = process;
        this.settings = settings;
        this.endsInOrder = endsInOrder;
    }

    /**
     * Starts it; {@link #awaitReady} says when it serves.
     *
     * @param java with its flags, for one that is to end in order; empty for that of this process
     */
    static GatewayProcess start(List<String> java, Path jar, String provider, int port, int managementPort)
            throws IOException {
        Path settings = Files.createTempFile("sallyport-demo", ".yml");
        Files.writeString(settings, settings(provider));
        List<String> command = java.isEmpty() ? java() : new ArrayList<>(java);
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "run",
                "--config",
                settings.toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--sallyport.drain.delay=0s"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var gateway = new GatewayProcess(process, settings, !java.isEmpty());
        var reader = new Thread(gateway::readLog, "gateway-log");
        reader.setDaemon(true);
        reader.start();
        return gateway;
    }

    /** With the flags of this process; an agent, such as a debugger's, is for this one alone. */
    private static List<String> java() {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
                .forEach(java::add);
        return java;
    }

    private static String settings(String provider) {
        return """
                sallyport:
                  provider:
                    base-url: %s
                    projects:
                      - id: project-test-11111111-1111-4111-8111-111111111111
                      - id: project-test-22222222-2222-4222-8222-222222222222
                  deadline: 2s
                  server-timing: true
                  trusted-callers: [127.0.0.1]
                  session-token:
                    jwks: { unknown-key-interval: 1s }
                  rate-limits:
                    limits:
                      - { name: per-address, key: address, permits: 30, per: 3s, burst: 30 }
                """.formatted(provider);
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
            }
        } catch (IOException ended) {
            return; // the process is gone, or was told to go
        }
    }

    /** Waits until it is ready; false if it ended or took too long. */
    boolean awaitReady(HttpClient client, int managementPort) throws InterruptedException {
        URI readiness = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            if (isUp(client, readiness)) {
                return true;
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private static boolean isUp(HttpClient client, URI readiness) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(readiness)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it has written. */
    GatewayLog log() {
        return log;
    }

    /** By force: in the middle of its start it would take seconds to stop, and it answers the walk alone. */
    @Override
    public void close() {
        try {
            if (endsInOrder) {
                process.toHandle().destroy(); // leaves its output open, which it goes on writing to
                process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
            }
            process.destroyForcibly();
            process.waitFor(15, TimeUnit.SECONDS);
            Files.deleteIfExists(settings);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
