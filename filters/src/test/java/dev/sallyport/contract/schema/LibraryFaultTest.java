package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sallyport.contract.pack.PackFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Known faults of the library's version that we use. Each is shown here as it is without what we do about it, so that a test
 * fails when the library mends it; and each is gone from {@link LibraryCheck} and {@link OnePassCheck}.
 */
final class LibraryFaultTest {
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** MinimumValidator and its three siblings call asLong() where the types hold integer and the bound is an int: see {@code ExactBounds}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'maximum':1,'type':['integer','number']}           | 1.5   | accepts | false",
                "{'minimum':-1,'type':['number','integer']}          | -1.5  | accepts | false",
                "{'exclusiveMaximum':0,'type':['integer','number']}  | -0.5  | refuses | true",
                "{'exclusiveMinimum':1,'type':['integer','number']}  | 1.5   | refuses | true",
                "{'minimum':0,'type':'integer'}                      | 1e30  | fails   | true",
                "{'maximum':0,'type':'integer'}                      | 1e400 | fails   | false",
            })
    void bounds_are_compared_in_whole_numbers(String schema, String value, String library, boolean right) {
        assertThat(alone(schema, value)).isEqualTo(library);

        assertThat(checked(schema, value)).isEqualTo(right);
        assertThat(checked("{'pattern':''," + schema.substring(1), value)).isEqualTo(right);
    }

    private boolean checked(String schema, String value) {
        SchemaCheck check = new PackFolder(folder).checkOf(schema);
        assertThat(check).isInstanceOf(schema.contains("pattern") ? LibraryCheck.class : OnePassCheck.class);
        return document(check.read(json(value))).violations().isEmpty();
    }

    private static String alone(String text, String value) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(TREES.readTree(json(text)));
        try {
            return schema.validate(TREES.readTree(json(value))).isEmpty() ? "accepts" : "refuses";
        } catch (JacksonException failure) {
            return "fails";
        }
    }
}
