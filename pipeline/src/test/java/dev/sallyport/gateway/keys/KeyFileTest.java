package dev.sallyport.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.token.keys.SavedKeys;
import dev.sallyport.token.keys.SavedKeys.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {
    private static final SavedKeys KEYS =
            new SavedKeys(List.of(new Saved("project", "keys", "https://a/keys", Instant.EPOCH, "{\"keys\":[]}")));

    @TempDir
    private Path folder;

    @Test
    void what_is_written_is_read_and_nothing_else_stays() throws IOException {
        Path file = folder.resolve("keys.json");
        new KeyFile(file).write(new SavedKeys(List.of()));

        new KeyFile(file).write(KEYS);

        assertThat(new KeyFile(file).read()).isEqualTo(KEYS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void no_file_is_no_keys() throws IOException {
        assertThat(new KeyFile(folder.resolve("none")).read().sets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"version\":9}", "\u00ff"})
    void a_damaged_file_is_told_without_its_contents(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), text);

        assertThatThrownBy(() -> new KeyFile(file).read())
                .isInstanceOf(IOException.class)
                .hasMessage("is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw--w----", "rw-----w-", "rwxrwxrwx"})
    void a_file_that_others_may_write_is_not_believed(String mode) throws IOException {
        Path file = folder.resolve("keys.json");
        new KeyFile(file).write(KEYS);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> new KeyFile(file).read()).hasMessage("may be written by others");
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        assertThatThrownBy(() -> new KeyFile(folder.resolve("no/keys.json")).write(KEYS))
                .isInstanceOf(IOException.class);
    }
}
