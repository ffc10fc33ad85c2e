package dev.sallyport.contract.schema;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Our own cases in the form of the JSON Schema Test Suite, for both checks. */
final class SchemaSuiteTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @TestFactory
    List<DynamicTest> our_own_cases() throws Exception {
        Path cases = Path.of(
                Objects.requireNonNull(getClass().getResource("/schema-suite")).toURI());
        return new SchemaSuite(folder).cases(cases);
    }
}
