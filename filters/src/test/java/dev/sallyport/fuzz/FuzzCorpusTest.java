package dev.sallyport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.token.TokenFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The inputs that fuzzing has kept: those that reach new code, and every one that once broke something. */
final class FuzzCorpusTest {
    private static final Path CORPORA = Path.of("src/test/resources/fuzz");

    @Test
    void json_is_read_alike_by_all() throws IOException {
        replay("json", JsonFuzz::fuzzerTestOneInput);
    }

    @Test
    void no_token_passes_that_was_not_signed() throws IOException {
        replay("token", TokenFuzz::fuzzerTestOneInput);
    }

    @Test
    void a_catalog_compiles_or_is_refused_in_words() throws IOException {
        replay("catalog", CatalogFuzz::fuzzerTestOneInput);
    }

    private static void replay(String name, Consumer<byte[]> target) throws IOException {
        try (Stream<Path> files = Files.list(CORPORA.resolve(name))) {
            List<Path> inputs = files.sorted().toList();
            assertThat(inputs).hasSizeGreaterThan(3);
            for (Path input : inputs) {
                target.accept(Files.readAllBytes(input));
            }
        }
    }
}
