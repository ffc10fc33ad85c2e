package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The inputs that fuzzing has kept: those that reach new code, and every one that once broke something. */
final class HeadFuzzCorpusTest {
    @Test
    void a_head_that_is_taken_can_be_read_in_one_way() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/head"))) {
            List<Path> inputs = files.sorted().toList();
            assertThat(inputs).hasSizeGreaterThan(3);
            for (Path input : inputs) {
                HeadFuzz.fuzzerTestOneInput(Files.readAllBytes(input));
            }
        }
    }
}
