package dev.sallyport.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real server on a port of its own, which can be stopped, paused and started again. It keeps nothing on disk. */
public final class StoreServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path binary;
    private final int port;
    private final List<String> options;
    private Process process;

    private StoreServer(Path binary, int port, List<String> options) {
        this.binary = binary;
        this.port = port;
        this.options = options;
        this.process = started();
    }

    /** Of a kind, with options as on its command line. */
    public static StoreServer of(StoreKind kind, String... options) {
        return new StoreServer(kind.binary(), freePort(), List.of(options));
    }

    /** Redis, where it does not matter which. */
    public static StoreServer redis(String... options) {
        return of(StoreKind.REDIS, options);
    }

    /** Redis on a port that was another's. */
    public static StoreServer redisOn(int port, String... options) {
        return new StoreServer(StoreKind.REDIS.binary(), port, List.of(options));
    }

    /** Redis that speaks TLS and nothing else; files of PEM. */
    public static StoreServer redisOverTls(Path certificate, Path key) {
        int port = freePort();
        return new StoreServer(
                StoreKind.REDIS.binary(),
                port,
                List.of(
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-auth-clients",
                        "no"));
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** What a client on the command line would be answered. */
    public String ask(String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] read = new byte[65536];
            int length = socket.getInputStream().read(read);
            return new String(read, 0, Math.max(0, length), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** At once, as by a crash. */
    public void stop() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Again, empty, on the same port. */
    public void start() {
        process = started();
    }

    /** Its connections stay open, and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Again if it ends at once: another process may have had its port for a moment. */
    private Process started() {
        return await().atMost(PATIENCE).until(this::begun, Process::isAlive);
    }

    private Process begun() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(binary.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(options);
        Process made = new ProcessBuilder(command)
                .directory(new File("target")) // where a primary leaves what it sent to its replica
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(PATIENCE).until(() -> isListening() || !made.isAlive());
        return made;
    }

    private boolean isListening() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
