package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The jar that is shipped, run as a process by its command line. Both of its outputs are one text here. */
final class ShippedJar implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    static final Path PATH = Path.of(System.getProperty("app.jar"));
    /** The one that {@code contracts} is handed on to. */
    static final Path OF_TOOLS = Path.of(System.getProperty("tools.jar"));

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final Path UNPACKED = unpacked();

    private final Process process;
    private final Path output;

    private ShippedJar(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** How a run ended. */
    record Run(int status, String output) {}

    /**
     * The gateway unpacked, as {@code ./sallyport prepare} does it: its classes load in half of the time. The jars that it hands
     * verbs on to lie beside it. Each process of tests has one of its own.
     */
    private static Path unpacked() {
        try {
            Path folder = Path.of(System.getProperty("unpacked.folder"));
            Process process = new ProcessBuilder(
                            JAVA.toString(),
                            "-Djarmode=tools",
                            "-jar",
                            PATH.toString(),
                            "extract",
                            "--force",
                            "--destination",
                            folder.toString())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor()).isZero();
            link(folder, OF_TOOLS);
            link(folder, Path.of(System.getProperty("sandbox.jar")));
            return folder.resolve(PATH.getFileName());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static void link(Path folder, Path jar) throws IOException {
        Path link = folder.resolve(jar.getFileName());
        Files.deleteIfExists(link); // of an earlier build
        Files.createSymbolicLink(link, jar.toAbsolutePath());
    }

    /** Starts it, unpacked, in a folder. */
    static ShippedJar start(Path folder, String... arguments) throws IOException {
        return start(UNPACKED, folder, arguments);
    }

    private static ShippedJar start(Path jar, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(java(jar));
        command.addAll(List.of(arguments));
        return started(folder, command);
    }

    /** Starts the jar itself in a folder, and lets it have so many files and sockets open. */
    static ShippedJar startWithFiles(Path folder, int most, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + most + " && exec \"$@\"", "sh"));
        command.addAll(java(PATH));
        command.addAll(List.of(arguments));
        return started(folder, command);
    }

    /** With the compiler and the collector that start fastest: nothing here runs for long. */
    private static List<String> java(Path jar) {
        return List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString());
    }

    private static ShippedJar started(Path folder, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ShippedJar(process, output);
    }

    /** Starts it, unpacked, where it hears Ctrl-C: what a shell starts in the background does not, nor does what that starts. */
    static ShippedJar startAtKeyboard(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(java(UNPACKED));
        command.addAll(List.of(arguments));
        return started(folder, command);
    }

    /** Starts the jar itself, with its output in a pipe. */
    static ShippedJar startRead(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(java(PATH));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(output.toFile())
                .start();
        return new ShippedJar(process, output);
    }

    /** The next lines of the pipe. */
    String readLines(int count) throws IOException {
        var lines = new StringBuilder();
        for (int read = 0; read < count; ) {
            int octet = process.getInputStream().read();
            assertThat(octet).as(lines.toString()).isNotNegative();
            lines.append((char) octet);
            read += octet == '\n' ? 1 : 0;
        }
        return lines.toString();
    }

    /** How many files and sockets it has open; known on Linux. */
    int openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return (int) files.count();
        }
    }

    void stopReading() throws IOException {
        process.getInputStream().close();
    }

    /** The status that it ends with. */
    int status() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(this::written)
                .isTrue();
        return process.exitValue();
    }

    /** Runs it, unpacked, to its end. */
    static Run run(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(UNPACKED, folder, arguments);
    }

    /** Runs the jar itself, or a copy of it, to its end. */
    static Run run(Path jar, Path folder, String... arguments) throws IOException, InterruptedException {
        try (var running = start(jar, folder, arguments)) {
            return running.ended();
        }
    }

    /** Waits for its end. */
    Run ended() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(this::written)
                .isTrue();
        return new Run(process.exitValue(), written());
    }

    /** What it wrote, once that has what is asked for. */
    String writtenOnce(Predicate<String> there) {
        await().atMost(PATIENCE).until(this::written, text -> there.test(text) || !process.isAlive());
        assertThat(written()).matches(there);
        return written();
    }

    /** SIGTERM, as every supervisor sends it. */
    void terminate() {
        process.destroy();
    }

    /** What Ctrl-C sends. */
    void interrupt() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private String written() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
