package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractsExportTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void what_is_written_is_the_pack_that_is_built_in() {
        Path exported = folder.resolve("packs/stytch");

        Told told = Told.by("contracts", "export", exported.toString());

        PackFiles builtIn = PackFiles.of("stytch");
        PackFiles written = PackFiles.of(exported.toString());
        assertThat(told.err()).isEmpty();
        assertThat(told.status()).isZero();
        assertThat(told.out())
                .isEqualTo(exported + ": " + builtIn.ownFiles().size() + " files of the pack stytch"
                        + System.lineSeparator());
        assertThat(written.ownFiles()).isEqualTo(builtIn.ownFiles());
        assertThat(written.ownFiles())
                .allSatisfy(file -> assertThat(written.read(file)).isEqualTo(builtIn.read(file)));
        assertThat(PackCompiler.load(written, new StrictJson(32)).examples())
                .isEqualTo(PackCompiler.load(builtIn, new StrictJson(32)).examples());
        assertThat(Told.by("contracts", "diff", "stytch", exported.toString()).status())
                .isZero();
    }

    @Test
    void an_empty_folder_is_filled_and_nothing_stays_beside_it() throws IOException {
        Path exported = Files.createDirectory(folder.resolve("mine"));

        Told told = Told.by("contracts", "export", exported.toString());

        assertThat(told.status()).as(told.err()).isZero();
        assertThat(exported.resolve("catalog.yml")).exists();
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(exported);
        }
    }

    @Test
    void nothing_is_written_over() throws IOException {
        Path mine = Files.writeString(folder.resolve("catalog.yml"), "mine");

        Told full = Told.by("contracts", "export", folder.toString());
        Told file = Told.by("contracts", "export", mine.toString());

        assertThat(full.err()).startsWith("sallyport: " + folder + " is not empty, and nothing is written over");
        assertThat(file.err()).startsWith("sallyport: " + mine + " is a file");
        assertThat(full.status()).isEqualTo(2);
        assertThat(file.status()).isEqualTo(2);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void what_cannot_be_written_is_told_in_a_line() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Told told = Told.by("contracts", "export", file.resolve("packs").toString());

        assertThat(told.err())
                .startsWith("sallyport: " + file.resolve("packs") + " cannot be written: ")
                .hasLineCount(1);
        assertThat(told.status()).isEqualTo(1);
    }
}
