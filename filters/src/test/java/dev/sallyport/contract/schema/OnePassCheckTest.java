package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.document;
import static dev.sallyport.contract.pack.PackFolder.found;
import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnePassCheckTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string'}                          | 1              | ` type`",
                "{'type':['string','null']}                 | null           | ``",
                "{'type':'integer'}                         | 1.0            | ``",
                "{'type':'integer'}                         | 10e-1          | ``",
                "{'type':'integer'}                         | 1.5            | ` type`",
                "{'type':'number'}                          | 1              | ``",
                "{'type':'integer'}                         | 1e400          | ``",
                "{'enum':['a',1,null]}                      | 1.0            | ``",
                "{'enum':['a',1,null]}                      | 'b'            | ` enum`",
                "{'enum':['a',1,null]}                      | {}             | ` enum`",
                "{'const':true}                             | true           | ``",
                "{'const':true}                             | 'true'         | ` enum`",
                "{'required':['a']}                         | {}             | `/a required`",
                "{'required':['a/b~c']}                     | {}             | `/a~1b~0c required`",
                "{'required':['a']}                         | {'a':null}     | ``",
                "{'required':['a']}                         | []             | ``",
                "{'properties':{'a':{'type':'null'}}}       | {'a':0}        | `/a type`",
                "{'properties':{'~/':{'type':'null'}}}      | {'~/':0}       | `/~0~1 type`",
                "{'properties':{'':{'type':'null'}}}        | {'':0}         | `/ type`",
                "{'properties':{'a':false}}                 | {'a':0}        | `/a type`",
                "{'additionalProperties':false}             | {'x':{'y':1}}  | `/x additionalProperties`",
                "{'additionalProperties':{'type':'null'}}   | {'x':0}        | `/x type`",
                "{'minProperties':1}                        | {}             | ` minProperties`",
                "{'maxProperties':1}                        | {'a':1,'b':2}  | ` maxProperties`",
                "{'items':{'type':'null'}}                  | [null,[1],0]   | `/1 type, /2 type`",
                "{'minItems':2}                             | [1]            | ` minItems`",
                "{'maxItems':0}                             | [1]            | ` maxItems`",
                "{'minLength':2}                            | 'a'            | ` minLength`",
                "{'minLength':2}                            | '\\ud83d\\ude00' | ` minLength`",
                "{'minLength':18446744073709551616}         | 'a'            | ` minLength`",
                "{'maxItems':18446744073709551616}          | [1]            | ``",
                "{'maxLength':1}                            | '\\ud83d\\ude00' | ``",
                "{'maxLength':1}                            | 'ab'           | ` maxLength`",
                "{'minimum':1}                              | 1              | ``",
                "{'minimum':1}                              | 0.99           | ` minimum`",
                "{'maximum':1}                              | 1.01           | ` maximum`",
                "{'exclusiveMinimum':1}                     | 1.0            | ` exclusiveMinimum`",
                "{'exclusiveMaximum':1}                     | 1              | ` exclusiveMaximum`",
                "{'exclusiveMaximum':1}                     | 'text'         | ``",
                "{'anyOf':[{'type':'null'},{'type':'string','minLength':1}]} | '' | ` minLength`",
                "{'anyOf':[{'type':'null'},{'type':'string','minLength':1}]} | 7  | ` type`",
                "{'oneOf':[{'type':'null'},{'$ref':'#/$defs/s'}],'$defs':{'s':{'type':'string'}}} | 'x' | ``",
            })
    void each_keyword_says_where_a_document_departs(String schema, String body, String expected) {
        SchemaCheck check = new PackFolder(folder).checkOf(schema);

        List<String> found = found(check.read(json(body)));

        assertThat(check).isInstanceOf(OnePassCheck.class);
        assertThat(String.join(", ", found)).isEqualTo(expected);
    }

    @Test
    void every_departure_is_listed_with_the_place_in_the_contract_and_without_a_value() {
        SchemaCheck check = new PackFolder(folder)
                .checkOf("{'properties':{'a':{'type':'null'}},'required':['b'],'additionalProperties':false}");

        Document document = document(check.read(json("{'a':'geheim','c':'geheim'}")));

        assertThat(found(document)).containsExactlyInAnyOrder("/a type", "/c additionalProperties", "/b required");
        assertThat(document.violations()).extracting("contractPointer").contains("s.json#/properties/a/type");
        assertThat(document.violations().toString()).doesNotContain("geheim");
    }

    @Test
    void a_hostile_body_does_not_make_a_long_list() {
        SchemaCheck check = new PackFolder(folder).checkOf("{'items':{'type':'null'}}");

        Reading reading = check.read(json(Collections.nCopies(1000, 1).toString()));

        assertThat(found(reading)).hasSize(SchemaCheck.MOST_VIOLATIONS);
    }

    @Test
    void picked_scalars_keep_their_text() {
        var fields = new FieldList();
        int text = fields.slot("/user/name");
        int number = fields.slot("/n");
        int flag = fields.slot("/flag");
        int nothing = fields.slot("/nothing");
        int missing = fields.slot("/user/missing");

        Document document = document(anything(fields)
                .read(json("{'user':{'name':'\\u0061b'},'n':1.50,'flag':false,'nothing':null,'name':'no'}")));

        assertThat(document.value(text).text()).isEqualTo("ab");
        assertThat(document.value(number).text()).isEqualTo("1.50");
        assertThat(document.value(flag).text()).isEqualTo("false");
        assertThat(document.value(nothing).kind()).isEqualTo(Kind.NULL);
        assertThat(document.value(missing)).isSameAs(Value.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{ 'a' : [ 1 , {'\u00e4\ud83d\ude00':'}'} ] }", "[[],{}\n]", "{'x':'\\ud83d\\ude00'}"
            })
    void picked_containers_keep_their_exact_bytes(String container) {
        var fields = new FieldList();
        int outer = fields.slot("/o");
        int all = fields.slot("");
        String body = "{'\u00fc' : 1, 'o' :\t" + container + "  , 'z':{} }";

        Document document = document(anything(fields).read(json(body)));

        assertThat(document.violations()).isEmpty();
        assertThat(document.value(outer).json()).isEqualTo(json(container));
        assertThat(document.value(outer).jsonLength()).isEqualTo(json(container).length);
        assertThat(document.value(all).json()).isEqualTo(json(body));
    }

    @Test
    void a_container_and_a_field_inside_it_are_both_picked() {
        var fields = new FieldList();
        int inner = fields.slot("/a/b~1c");
        int outer = fields.slot("/a");

        Document document = document(anything(fields).read(json("{'a':{'b/c':'x'}}")));

        assertThat(document.value(inner).text()).isEqualTo("x");
        assertThat(new String(document.value(outer).json(), StandardCharsets.UTF_8))
                .isEqualTo("{\"b/c\":\"x\"}");
    }

    @Test
    void an_index_into_an_array_names_nothing() {
        var fields = new FieldList();
        int first = fields.slot("/a/0");

        Document document = document(anything(fields).read(json("{'a':['x']}")));

        assertThat(document.value(first).isPresent()).isFalse();
    }

    @ParameterizedTest
    @Timeout(5)
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "100e2147483647", "1e99999999999", "0.001e-2147483647"})
    void an_absurd_number_is_judged_or_unreadable_and_costs_nothing(String number) {
        PackFolder pack = new PackFolder(folder)
                .with("one.json", "{'type':'integer','minimum':0,'maximum':10,'enum':[1]}")
                .with("library.json", "{'type':'integer','minimum':0,'multipleOf':2,'enum':[1]}");

        for (String file : List.of("one.json", "library.json")) {
            Reading reading = pack.check(file).read(json(number));

            boolean accepted = reading instanceof Document document
                    && document.violations().isEmpty();
            assertThat(accepted).isFalse();
        }
    }

    @Test
    void sixty_four_required_members_are_all_asked_for() {
        String names = String.join(
                ",",
                java.util.stream.IntStream.range(0, 64)
                        .mapToObj(i -> "'m" + i + "'")
                        .toList());
        SchemaCheck check = new PackFolder(folder).checkOf("{'required':[" + names + "]}");
        String allButLast = names.replace("'m63'", "'x'").replaceAll("('\\w+')", "$1:1");

        assertThat(check).isInstanceOf(OnePassCheck.class);
        assertThat(found(check.read(json("{" + allButLast + "}")))).containsExactly("/m63 required");
    }

    private static SchemaCheck anything(FieldList fields) {
        return new OnePassCheck(SchemaNode.ANYTHING, fields, new StrictJson(32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'known':1,'known':1}",
                "{'known':1,'kn\\u006fwn':1}",
                "{'other':1,'known':2,'other':3}",
                "{'known':{'known':1,'known':1}}",
                "{'known':[{'x':1,'x':1}]}",
                "{'other':{'x':[[{'y':1,'z':2,'y':3}]]}}",
                "{'m70':1,'m70':1}",
                "{'closed':{'x':{'y':1,'y':1}}}",
                "{'never':{'y':1,'y':1}}",
                "{'either':{'y':1,'y':1}}",
                "{'unlisted':1,'unlisted':1}",
            })
    void a_name_that_stands_twice_in_one_object_is_noticed_wherever_it_is(String body) {
        SchemaCheck check = new PackFolder(folder).checkOf(manyMembers());

        Reading read = check.read(json(body));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        twice -> assertThat(twice.what()).isEqualTo("has two members of the same name in one object"));
    }

    @Test
    void the_same_name_may_stand_in_several_objects() {
        SchemaCheck check = new PackFolder(folder).checkOf(manyMembers());

        Reading read = check.read(
                json("{'unlisted':1,'known':{'known':[{'known':1},{'known':1}],'m70':2},'other':{'known':1},'m70':1}"));

        assertThat(found(read)).isEmpty();
    }

    /** More members than a document's walk has bits for. */
    private static String manyMembers() {
        String numbered = IntStream.range(0, 80)
                .mapToObj(number -> ",'m" + number + "':{}")
                .collect(Collectors.joining());
        return "{'required':['unlisted'],'properties':{'known':{},'closed':{'additionalProperties':false},'never':false,"
                + "'either':{'anyOf':[{'type':'null'},{'type':'object','properties':{'y':{}}}]}" + numbered + "}}";
    }
}
