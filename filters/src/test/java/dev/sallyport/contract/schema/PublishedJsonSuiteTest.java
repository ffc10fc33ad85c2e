package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The published cases of JSONTestSuite (its folder {@code test_parsing}), for both walks: files beginning with y are JSON, those
 * with n are not, those with i are left to the parser. No artifact has them, so this is no part of the build: it runs with
 * {@code -Djson.suite=FOLDER}.
 */
@Tag("published-json-suite")
final class PublishedJsonSuiteTest {
    /** JSON, but two parsers may read it differently. */
    private static final Set<String> TOO_STRICT_FOR_US =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    private static final FieldList FIELDS = new FieldList();
    private static final OnePassCheck ANYTHING = new OnePassCheck(SchemaNode.ANYTHING, FIELDS, new StrictJson(1000));

    @TestFactory
    List<DynamicTest> the_published_cases() throws IOException {
        Path folder =
                Path.of(Objects.requireNonNull(System.getProperty("json.suite"), "-Djson.suite=FOLDER is missing"));
        try (Stream<Path> files = Files.list(folder)) {
            List<DynamicTest> cases = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
                    .toList();
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    private static void check(Path file) throws IOException {
        String name = file.getFileName().toString();
        var both = new BothWalks();

        boolean read = both.read(ANYTHING, FIELDS, Files.readAllBytes(file)) instanceof Document;

        if (!name.startsWith("i_")) {
            assertThat(read).isEqualTo(name.startsWith("y_") && !TOO_STRICT_FOR_US.contains(name));
        }
    }
}
