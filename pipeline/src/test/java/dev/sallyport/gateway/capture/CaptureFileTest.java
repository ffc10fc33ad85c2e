package dev.sallyport.gateway.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaptureFileTest {
    @TempDir
    Path folder;

    @Test
    void a_full_file_makes_room_and_the_oldest_goes() throws IOException {
        try (var file = file(10, 3)) {
            for (String line : new String[] {"1111\n", "2222\n", "3333\n", "4444\n", "5555\n", "6666\n", "7777\n"}) {
                file.write(bytes(line));
            }
        }

        assertThat(text("c")).isEqualTo("7777\n");
        assertThat(text("c.1")).isEqualTo("5555\n6666\n");
        assertThat(text("c.2")).isEqualTo("3333\n4444\n");
        assertThat(folder.resolve("c.3")).doesNotExist();
    }

    @Test
    void with_one_file_the_lines_before_are_lost() throws IOException {
        try (var file = file(10, 1)) {
            file.write(bytes("1111\n"));
            file.write(bytes("222222\n"));
        }

        assertThat(text("c")).isEqualTo("222222\n");
        assertThat(folder.resolve("c.1")).doesNotExist();
    }

    @Test
    void a_line_that_is_longer_than_a_file_may_be_has_one_for_itself() throws IOException {
        try (var file = file(4, 2)) {
            file.write(bytes("1\n"));
            file.write(bytes("long line\n"));
            file.write(bytes("3\n"));
        }

        assertThat(text("c")).isEqualTo("3\n");
        assertThat(text("c.1")).isEqualTo("long line\n");
    }

    @Test
    void lines_go_on_after_those_of_an_earlier_run_and_after_half_a_line() throws IOException {
        Files.writeString(folder.resolve("c"), "one\nhalf");

        try (var file = file(100, 2)) {
            file.write(bytes("two\n"));
        }

        assertThat(text("c")).isEqualTo("one\nhalf\ntwo\n");
    }

    @Test
    void only_the_owner_may_read_them() throws IOException {
        Path file = folder.resolve("c");
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (var written = file(4, 2)) {
            written.write(bytes("1111\n"));
            written.write(bytes("2222\n"));
        }

        for (Path each : new Path[] {file, folder.resolve("c.1")}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void after_a_failure_it_tries_again_with_the_next_line() throws IOException {
        Path gone = folder.resolve("gone");
        try (var file = new CaptureFile(gone.resolve("c"), 100, 2)) {
            assertThatThrownBy(() -> file.write(bytes("1\n"))).isInstanceOf(IOException.class);

            Files.createDirectory(gone);
            file.write(bytes("2\n"));
        }

        assertThat(gone.resolve("c")).hasContent("2\n");
    }

    @Test
    void a_removed_file_costs_its_own_lines_and_no_others() throws IOException {
        try (var file = file(5, 3)) {
            file.write(bytes("1111\n"));
            file.write(bytes("2222\n"));
            file.write(bytes("3333\n"));
            Files.delete(folder.resolve("c"));

            file.write(bytes("4444\n"));
            assertThat(text("c")).isEqualTo("4444\n");
            assertThat(text("c.1")).isEqualTo("2222\n");
            assertThat(text("c.2")).isEqualTo("1111\n");

            file.write(bytes("5555\n"));
        }

        assertThat(text("c")).isEqualTo("5555\n");
        assertThat(text("c.1")).isEqualTo("4444\n");
        assertThat(text("c.2")).isEqualTo("2222\n");
    }

    @Test
    void with_one_file_a_removed_one_is_made_anew() throws IOException {
        try (var file = file(5, 1)) {
            file.write(bytes("1111\n"));
            Files.delete(folder.resolve("c"));
            file.write(bytes("2222\n"));
        }

        assertThat(text("c")).isEqualTo("2222\n");
    }

    @Test
    void a_rotation_that_fails_erases_nothing_and_is_tried_again() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("c.1"));
        Files.createFile(inTheWay.resolve("something"));
        try (var file = file(5, 2)) {
            file.write(bytes("1111\n"));
            assertThatThrownBy(() -> file.write(bytes("2222\n"))).isInstanceOf(IOException.class);
            file.write(bytes("3333\n"));
            assertThatThrownBy(() -> file.write(bytes("4444\n"))).isInstanceOf(IOException.class);

            Files.delete(inTheWay.resolve("something"));
            Files.delete(inTheWay);
            file.write(bytes("5555\n"));
        }

        assertThat(text("c")).isEqualTo("5555\n");
        assertThat(text("c.1")).isEqualTo("3333\n");
    }

    private CaptureFile file(long maxSize, int files) {
        return new CaptureFile(folder.resolve("c"), maxSize, files);
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
