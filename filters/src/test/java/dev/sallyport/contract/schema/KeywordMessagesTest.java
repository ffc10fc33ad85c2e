package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library checks is told with the bound that was broken, as what is checked in one pass. */
final class KeywordMessagesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'minimum':5}                      | 4         | must be at least 5",
                "{'maximum':5.50}                   | 6         | must be at most 5.5",
                "{'exclusiveMinimum':5}             | 5         | must be more than 5",
                "{'exclusiveMaximum':5}             | 5         | must be less than 5",
                "{'multipleOf':5}                   | 6         | must be a multiple of 5",
                "{'minLength':3}                    | 's3'      | must have at least 3 characters",
                "{'maxLength':1}                    | 's3'      | must have at most 1 characters",
                "{'minItems':1}                     | []        | must have at least 1 items",
                "{'maxItems':1}                     | [1,2]     | must have at most 1 items",
                "{'uniqueItems':true}               | [1,1]     | must not have an item twice",
                "{'minProperties':1}                | {}        | must have at least 1 members",
                "{'maxProperties':0}                | {'a':1}   | must have at most 0 members",
                "{'type':['string','null']}         | 5         | must be string or null",
                "{'enum':['a']}                     | 's3cret'  | must be one of the values that the contract lists",
                "{'const':'a'}                      | 's3cret'  | must be the value that the contract names",
                "{'format':'date-time'}             | 's3cret'  | must be a timestamp of RFC 3339",
                "{'pattern':'^a$'}                  | 's3cret'  | must match the contract's pattern",
                "{'not':{}}                         | 's3cret'  | breaks the contract's \"not\"",
            })
    void the_bound_is_named(String schema, String value, String expected) {
        PackFolder pack = new PackFolder(folder)
                .with("s.json", "{'properties':{'v':{'allOf':[{'$ref':'more.json#/$defs/v'}]}}}")
                .with("more.json", "{'$defs':{'v':" + schema + "}}");
        SchemaCheck check = pack.check("s.json");

        assertThat(check).isInstanceOf(LibraryCheck.class);
        assertThat(PackFolder.document(check.read(PackFolder.json("{'v':" + value + "}")))
                        .violations())
                .extracting(Violation::message)
                .containsExactly(expected);
    }
}
