package dev.sallyport.contract.schema;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.json.StrictJson;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk over bytes finds in order what the walk over tokens finds in order, and nearly all of it. */
final class ByteWalkTest {
    private static final int DEPTH = 32;
    private static final StrictJson JSON = new StrictJson(DEPTH);
    private static final FieldList NOTHING = new FieldList();
    private static final OnePassCheck ANYTHING = new OnePassCheck(SchemaNode.ANYTHING, NOTHING, JSON);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final BothWalks both = new BothWalks();

    /** At every place within the eight bytes that are looked at together, and at the end of the body. */
    @Test
    void every_sequence_of_bytes_is_a_character_to_both_or_to_neither() {
        byte[] edges = {0, 0x22, 0x7f, (byte) 0x80, (byte) 0x8f, (byte) 0x90, (byte) 0x9f, (byte) 0xa0, (byte) 0xbf, -1
        };
        for (int lead = 0; lead < 256; lead++) {
            for (byte second : edges) {
                for (byte third : edges) {
                    for (byte fourth : edges) {
                        byte[] body = {'"', 'a', (byte) lead, second, third, fourth, 'b', '"'};
                        both.read(ANYTHING, NOTHING, padded(body, (lead + second + third + fourth) & 15));
                    }
                }
            }
        }

        assertThat(both.inOrder()).isPositive();
        assertThat(both.wrong()).isPositive();
        assertThat(both.leftToTokens()).isZero();
    }

    private static byte[] padded(byte[] text, int count) {
        byte[] padded = new byte[text.length + count];
        Arrays.fill(padded, 1, 1 + count, (byte) 'x');
        padded[0] = '"';
        System.arraycopy(text, 1, padded, 1 + count, text.length - 1);
        return padded;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " [ ] ",
                "null",
                "-0",
                "1e400",
                "0.5",
                "'\u00e9'",
                "'\\n\\/\\u00e9'",
                "{'a':{'a':1},'b':{'a':1}}",
                "{'\u00e9':1,'e\u0301':2}",
                "[[[]],{'a':[{}]},true,false,'']",
                "{'eight...one...eight':1,'eight...two...eight':2,'eight..four...eight':3}",
            })
    void what_is_common_is_not_left_to_tokens(String body) {
        both.read(ANYTHING, NOTHING, json(body));

        assertThat(both.inOrder()).isOne();
    }

    /** Each is read between others by a check that remembers what came behind what. */
    @Test
    void names_in_another_order_than_the_last_time_are_found() {
        String schema = "{'properties':{'a':{'type':'integer'},'ab':{'type':'string'},'b\\'c':{},'d\\\\e':{},'"
                + "n".repeat(127) + "':{},'" + "n".repeat(128)
                + "':{},'\u00e9':{},'':{}},'additionalProperties':false}";
        OnePassCheck check = (OnePassCheck) compiled(schema, NOTHING);
        List<String> documents = List.of(
                "{'a':1,'ab':'x','\u00e9':1,'':2}",
                "{'ab':'x','a':1}",
                "{'a':1,'ab':'x','b\\'c':2}",
                "{'a':1,'ab':'x','b'c':2}",
                "{'a':1,'d\\\\e':2}",
                "{'a':1,'d\\e':2}",
                "{'a':1,'a':1}",
                "{'a':1,'ab':'x','ab':'x'}",
                "{'a':1,'ab",
                "{'a':1,'ab'",
                "{'a':1,'",
                "{'a':1,",
                "{'',a:1}",
                "{'a':1,'abc':1}",
                "{'a':1,'" + "n".repeat(127) + "':1}",
                "{'a':1,'" + "n".repeat(128) + "':1}",
                "{'a':'1','ab':1}",
                "{}");

        for (String before : documents) {
            for (String body : documents) {
                both.read(check, NOTHING, json(before));
                both.read(check, NOTHING, json(body));
            }
        }

        assertThat(both.inOrder()).isPositive();
        assertThat(both.wrong()).isPositive();
    }

    @Test
    void every_escape_means_the_same_to_both() {
        var text = new StringBuilder("'\\b\\f\\n\\r\\t\\'\\\\\\/\u00e9\ud83d\ude00");
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            if (!Character.isSurrogate((char) unit)) {
                text.append(String.format(unit % 2 == 0 ? "\\u%04x" : "\\u%04X", unit));
            }
        }
        var fields = new FieldList();
        fields.slot("");

        both.read(new OnePassCheck(SchemaNode.ANYTHING, fields, JSON), fields, json(text + "'"));

        assertThat(both.inOrder()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'string','minLength':2,'maxLength':3}",
                "{'type':['integer','null'],'minimum':-1.5,'exclusiveMaximum':10}",
                "{'type':'number','exclusiveMinimum':-1,'maximum':9.5}",
                "{'minLength':2305843009213693952}",
                "{'minLength':4611686018427387904}",
                "{'minimum':1e300}",
                "{'maximum':-1e300}",
                "{'enum':['a','a long text that is more than sixteen bytes','\u00e9',1.50,true,null]}",
                "{'const':false}",
                "{'format':'date-time'}",
                "{'x-extensible-enum':['a','b']}",
                "{'anyOf':[{'type':'null'},{'oneOf':[{'type':'string'},{'type':'integer','maximum':3}]}]}",
                "{'properties':{'a':true,'aa':{'type':'null'}},'required':['a','b'],'additionalProperties':{'type':'integer'}}",
                "{'properties':{'a':true},'additionalProperties':false,'maxProperties':1}",
                "{'items':{'type':'string'},'minItems':1,'maxItems':2}",
            })
    void every_keyword_is_the_same_to_both(String schema) {
        String[] values = {
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "-2",
            "3",
            "9",
            "10",
            "1.5",
            "1.50",
            "9.5",
            "9.50001",
            "1.0",
            "-1.5",
            "1e0",
            "999999999999999999",
            "9999999999999999999",
            "-999999999999999999",
            "-9999999999999999999",
            "''",
            "'a'",
            "'\\u0061'",
            "'ab'",
            "'abc'",
            "'abcd'",
            "'\u00e9\u00e9'",
            "'\u00e9'",
            "'\ud83d\ude00'",
            "'\\u00e9'",
            "'a long text that is more than sixteen bytes'",
            "'a long text that IS more than sixteen bytes'",
            "'2026-11-21T10:15:30Z'",
            "'2026-11-21T10:15:30.25+01:00'",
            "'2026-13-21T10:15:30Z'",
            "[]",
            "['a']",
            "['a',1]",
            "['a','b','c']",
            "{}",
            "{'a':1}",
            "{'A':1,'b':2}",
            "{'a':1,'b':2}",
            "{'a':1,'b':'x'}",
            "{'b':1,'aa':null,'a':[]}",
            "{'a':1,'a':2,'b':3}",
            "{'a':1,'b':2,'c':3,'c':4}"
        };
        var fields = new FieldList();
        List.of("", "/a", "/b", "/b/a", "/c").forEach(fields::slot);
        OnePassCheck check = (OnePassCheck) compiled(schema, fields);

        for (String value : values) {
            both.read(check, fields, json(value));
            both.read(check.withExactNames(), fields, json(value));
        }

        assertThat(both.inOrder()).isPositive();
    }

    /** Made bytes, half a surrogate pair becomes a question mark. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'const':'\\ud800'}; '?'",
                "{'enum':['a\\udc00b','c']}; 'a?b'",
                "{'required':['\\ud800']}; {'?':1}",
                "{'x-extensible-enum':['\\ud800']}; '?'",
                "true; {'?':1}",
            })
    void half_a_surrogate_pair_is_no_question_mark(String schema, String body) {
        var fields = new FieldList();
        fields.slot("/\ud800");

        both.read((OnePassCheck) compiled(schema, fields), fields, json(body));

        assertThat(both.leftToTokens()).isZero();
    }

    private SchemaCheck compiled(String schema, FieldList fields) {
        var pack = new PackFolder(folder).with("s.json", schema);
        return new SchemaCompiler(new SchemaFiles(pack.files()), JSON).compile("s.json", fields);
    }

    @Test
    void more_members_than_bits_and_more_unknown_ones_than_are_compared_are_read_alike() {
        var properties = new StringBuilder("{'properties':{");
        var members = new StringBuilder("{");
        for (int number = 0; number < 200; number++) {
            properties
                    .append(number == 0 ? "" : ",")
                    .append("'n")
                    .append(number)
                    .append("':true");
            members.append(number == 0 ? "" : ",").append("'n").append(number).append("':1");
        }
        OnePassCheck check = (OnePassCheck) compiled(properties + "}}", NOTHING);

        both.read(check, NOTHING, json(members + "}"));
        both.read(check, NOTHING, json(members + ",'n199':1}"));
        both.read(check, NOTHING, json(members + ",'n3':1}"));
        both.read(ANYTHING, NOTHING, json(members + "}"));
        both.read(ANYTHING, NOTHING, json(members + ",'n199':1}"));

        assertThat(both.leftToTokens()).isEqualTo(2);
        assertThat(both.wrong()).isEqualTo(3);
    }

    @Test
    void bounds_are_those_of_the_other_walk() {
        for (int depth = DEPTH - 1; depth <= DEPTH + 1; depth++) {
            both.read(ANYTHING, NOTHING, json("[".repeat(depth) + "]".repeat(depth)));
            both.read(ANYTHING, NOTHING, json("{'a':".repeat(depth) + "1" + "}".repeat(depth)));
        }
        for (int length : new int[] {1, 99, 100, 101, 127, 128, 129, 255, 256, 257}) {
            both.read(ANYTHING, NOTHING, json("{'" + "n".repeat(length) + "':1}"));
            both.read(ANYTHING, NOTHING, json("{'" + "\u00e9".repeat(length) + "':1}"));
            both.read(ANYTHING, NOTHING, json("[" + "9".repeat(length) + "]"));
            both.read(ANYTHING, NOTHING, json("[0." + "9".repeat(length) + "]"));
        }

        assertThat(both.inOrder()).isGreaterThan(10);
        assertThat(both.wrong()).isGreaterThan(5);
    }
}
