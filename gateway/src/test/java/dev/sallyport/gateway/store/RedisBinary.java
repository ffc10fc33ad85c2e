package dev.sallyport.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Redis, from the jar that the build brings. */
final class RedisBinary {
    static final Path FILE = unpacked(resource());

    private RedisBinary() {}

    private static String resource() {
        boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        if (mac) {
            return arm ? "/redis-server-6.2.6-v5-darwin-arm64" : "/redis-server-6.2.6-v5-darwin-amd64";
        }
        return arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    }

    private static Path unpacked(String resource) {
        try (InputStream binary = RedisBinary.class.getResourceAsStream(resource)) {
            Path file = Files.createTempFile("redis-server", "");
            Files.write(file, Objects.requireNonNull(binary, resource).readAllBytes());
            assertThat(file.toFile().setExecutable(true)).isTrue();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
