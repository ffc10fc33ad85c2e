package dev.sallyport.contract.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official cases for draft 2020-12, for both checks. No artifact on Maven Central has them, so this is no part of the build:
 * {@code load-tests/schema-suite} fetches them and runs it.
 */
@Tag("official-schema-suite")
final class OfficialSchemaSuiteTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @TestFactory
    List<DynamicTest> the_official_cases() throws IOException {
        Path cases =
                Path.of(Objects.requireNonNull(System.getProperty("schema.suite"), "-Dschema.suite=FOLDER is missing"));
        return new SchemaSuite(folder).cases(cases);
    }
}
