package dev.sallyport.contract.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.pack.SmallPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".catalog.yml.swp",
                "catalog.yml~",
                "#catalog.yml#",
                "login/examples/accepted/.good.json.swp",
                "login/examples/accepted/.good.json",
                "..2026_11_21/catalog.yml",
                ".git/config",
            })
    void what_an_editor_or_a_mount_lays_beside_the_files_is_no_part_of_the_pack(String beside) {
        PackFolder pack = SmallPack.in(folder);
        String before = pack.files().fingerprint();

        pack.withExact(beside, "{ half of");

        assertThat(pack.files().fingerprint()).isEqualTo(before);
        assertThat(pack.load().examples()).isEqualTo(2);
        assertThat(pack.files().all()).doesNotContain(folder.resolve(beside));
    }

    @Test
    void the_lock_of_an_editor_which_is_a_link_to_nowhere_is_no_example() throws IOException {
        PackFolder pack = SmallPack.in(folder);
        Path accepted = folder.resolve("login/examples/accepted");

        Files.createSymbolicLink(accepted.resolve(".#good.json"), Path.of("user@host.1234:567"));

        assertThat(pack.load().examples()).isEqualTo(2);
    }

    @Test
    void a_pack_in_a_hidden_folder_is_read_like_any_other() {
        PackFolder pack = SmallPack.in(folder.resolve(".hidden"));

        assertThat(pack.files().all()).isNotEmpty();
    }

    @Test
    void a_file_that_cannot_be_read_is_named_with_the_reason() throws IOException {
        PackFolder pack = SmallPack.in(folder);
        Files.delete(folder.resolve("claims.json"));
        Files.createDirectory(folder.resolve("claims.json"));

        assertThatThrownBy(pack::load).hasMessageMatching(".*/claims.json: cannot be read: is a directory");
    }
}
