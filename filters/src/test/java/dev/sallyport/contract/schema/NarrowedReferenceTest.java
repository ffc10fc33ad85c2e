package dev.sallyport.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.pack.PackFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds beside a reference: both hold, in one pass where that can be, and in the library where it cannot. */
final class NarrowedReferenceTest {
    private static final String SHARED = "{'$defs':{"
            + "'minutes':{'type':['integer','null'],'minimum':5,'maximum':100,'description':'d'},"
            + "'name':{'type':'string','minLength':1},"
            + "'kind':{'enum':['a','bb']},"
            + "'time':{'type':'string','format':'date-time'},"
            + "'way':{'$ref':'#/$defs/minutes'},"
            + "'list':{'type':'array','items':{'type':'string'}},"
            + "'narrow':{'$ref':'#/$defs/minutes','maximum':50},"
            + "'circle':{'$ref':'#/$defs/circle'}}}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "minutes | 'maximum':60          | 60    | true  | ``",
                "minutes | 'maximum':60          | 61    | true  | maximum",
                "minutes | 'maximum':60          | 4     | true  | minimum",
                "minutes | 'maximum':60          | null  | true  | ``",
                "minutes | 'maximum':60          | 'x'   | true  | type",
                "minutes | 'maximum':60          | 5.5   | true  | type",
                "minutes | 'maximum':1000        | 101   | true  | maximum",
                "minutes | 'minimum':1           | 4     | true  | minimum",
                "minutes | 'minimum':10          | 9     | true  | minimum",
                "minutes | 'exclusiveMaximum':60 | 60    | true  | exclusiveMaximum",
                "minutes | 'maximum':60,'description':'why' | 61 | true | maximum",
                "way     | 'maximum':60          | 61    | true  | maximum",
                "way     | 'maximum':60          | 4     | true  | minimum",
                "name    | 'maxLength':2         | 'abc' | true  | maxLength",
                "name    | 'maxLength':2         | ''    | true  | minLength",
                "kind    | 'maxLength':1         | 'bb'  | true  | maxLength",
                "kind    | 'maxLength':1         | 'c'   | true  | enum",
                "time    | 'maxLength':20        | 'x'   | true  | format",
                "minutes | 'maximum':60,'multipleOf':2 | 62 | false | maximum",
                "minutes | 'maximum':60,'type':'integer' | null | false | type",
                "narrow  | 'minimum':10          | 51    | false | maximum",
                "list    | 'maxLength':2         | ['abc'] | false | ``",
            })
    void both_hold(String shared, String beside, String value, boolean onePass, String keyword) {
        var pack = new PackFolder(folder)
                .with("shared.json", SHARED)
                .with("s.json", "{'properties':{'a':{'$ref':'shared.json#/$defs/" + shared + "'," + beside + "}}}");
        SchemaCompiler compiler = pack.compiler();

        SchemaCheck check = compiler.compile("s.json", new FieldList());

        assertThat(compiler.leftToLibrary().isEmpty()).isEqualTo(onePass);
        assertThat(PackFolder.found(check.read(PackFolder.json("{'a':" + value + "}"))))
                .isEqualTo(keyword.isEmpty() ? List.of() : List.of("/a " + keyword));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shared.json#/$defs/none   | leads nowhere",
                "none.json                 | leads to no file of this pack",
                "shared.json#/$defs/circle | circle",
            })
    void a_reference_that_leads_nowhere_is_told_beside_bounds_too(String ref, String told) {
        var pack = new PackFolder(folder)
                .with("shared.json", SHARED)
                .with("s.json", "{'properties':{'a':{'$ref':'" + ref + "','maximum':60}}}");

        assertThatThrownBy(() -> pack.check("s.json")).hasMessageContaining(told);
    }
}
