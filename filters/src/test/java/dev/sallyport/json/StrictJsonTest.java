package dev.sallyport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.schema.FieldList;
import dev.sallyport.contract.schema.OnePassCheck;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.SchemaNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {
    private static final StrictJson JSON = new StrictJson(32);
    private static final SchemaCheck ANYTHING = new OnePassCheck(SchemaNode.ANYTHING, new FieldList(), JSON);

    private static final String NOT_JSON = "is not JSON";
    private static final String CUT_SHORT = "is not JSON: it ends too early";
    private static final String TWICE = "has two members of the same name in one object";
    private static final String TOO_MUCH = "nests too deep, or has a name or number that is too long";
    private static final String NOT_UTF8 = "is not well-formed UTF-8";
    private static final String GOES_ON = "goes on after the end of its JSON";

    @ParameterizedTest(name = "{0}")
    @MethodSource("notStrict")
    void what_is_not_strict_json_is_unreadable(String about, byte[] body, String what) {
        Reading reading = ANYTHING.read(body);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.what()).isEqualTo(what));
    }

    private static Stream<Arguments> notStrict() {
        return Stream.of(
                arguments("nothing", text(""), "is empty"),
                arguments("only white space", text(" \r\n\t"), "is empty"),
                arguments("a duplicate name", text("{'a':1,'a':2}"), TWICE),
                arguments("a duplicate name, escaped", text("{'a':1,'\\u0061':2}"), TWICE),
                arguments("a duplicate name far below", text("{'x':[{'y':{'a':1,'b':2,'a':3}}]}"), TWICE),
                arguments("trailing value", text("{} {}"), GOES_ON),
                arguments("trailing bracket", text("{}]"), NOT_JSON),
                arguments("trailing letters", text("{}x"), NOT_JSON),
                arguments("trailing NUL", text("{}\0"), NOT_JSON),
                arguments("a lone NUL", text("\0"), NOT_JSON),
                arguments("a byte order mark", hex("efbbbf7b7d"), NOT_JSON),
                arguments("UTF-16 with a mark", "\ufeff{}".getBytes(StandardCharsets.UTF_16LE), NOT_UTF8),
                arguments("UTF-16 without a mark", "{}".getBytes(StandardCharsets.UTF_16BE), NOT_JSON),
                arguments("UTF-32", hex("0000007b0000007d"), NOT_JSON),
                arguments("overlong UTF-8", hex("22c0af22"), NOT_UTF8),
                arguments("an encoded surrogate", hex("22eda08022"), NOT_UTF8),
                arguments("beyond Unicode", hex("22f490808022"), NOT_UTF8),
                arguments("a cut UTF-8 sequence", hex("22c322"), NOT_UTF8),
                arguments("a cut UTF-8 sequence at the end", hex("22e282"), NOT_UTF8),
                arguments("a lone high surrogate, escaped", text("['\\ud800']"), "contains an unpaired surrogate"),
                arguments("a lone low surrogate, escaped", text("['\\uDC00']"), "contains an unpaired surrogate"),
                arguments(
                        "surrogates the wrong way round", text("['\\uDC00\\ud800']"), "contains an unpaired surrogate"),
                arguments("an unpaired surrogate in a name", text("{'a\\uDBFFb':1}"), "contains an unpaired surrogate"),
                arguments(
                        "an unpaired surrogate after a backslash",
                        text("['\\\\\\ud800']"),
                        "contains an unpaired surrogate"),
                arguments("objects too deep", text("{'a':".repeat(33) + "1" + "}".repeat(33)), TOO_MUCH),
                arguments("arrays too deep", text("[".repeat(33) + "]".repeat(33)), TOO_MUCH),
                arguments("a very long name", text("{'" + "n".repeat(257) + "':1}"), TOO_MUCH),
                arguments("a very long number", text("9".repeat(101)), TOO_MUCH),
                arguments("a very long fraction", text("0." + "9".repeat(101)), TOO_MUCH),
                arguments("cut short in an object", text("{'a':1"), CUT_SHORT),
                arguments("cut short in a string", text("{'a':'b"), CUT_SHORT),
                arguments("cut short in an array", text("[1,"), NOT_JSON),
                arguments("cut short in a word", text("tru"), NOT_JSON),
                arguments("NaN", text("{'a':NaN}"), NOT_JSON),
                arguments("Infinity", text("[-Infinity]"), NOT_JSON),
                arguments("a leading zero", text("[01]"), NOT_JSON),
                arguments("a leading plus", text("[+1]"), NOT_JSON),
                arguments("a bare point", text("[1.]"), NOT_JSON),
                arguments("a trailing comma", text("[1,]"), NOT_JSON),
                arguments("a comment", text("{/**/}"), NOT_JSON),
                arguments("single quotes", "{'a':1}".getBytes(StandardCharsets.UTF_8), NOT_JSON),
                arguments("an unquoted name", text("{a:1}"), NOT_JSON),
                arguments("a raw line feed in a string", text("['a\nb']"), NOT_JSON),
                arguments("an unknown escape", text("['\\x41']"), NOT_JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                " { } ",
                "{'a':{'a':1},'b':{'a':1}}",
                "['\\ud83d\\ude00']",
                "['\\\\ud800']",
                "['\\\\\\\\ud800']",
                "['\ud83d\ude00\\u0000']",
                "{'':1}",
                "1e400",
                "-0",
            })
    void strict_json_is_read(String json) {
        assertThat(ANYTHING.read(text(json))).isInstanceOf(Document.class);
    }

    @Test
    void a_document_may_nest_exactly_as_deep_as_the_bound() {
        assertThat(ANYTHING.read(text("[".repeat(32) + "]".repeat(32)))).isInstanceOf(Document.class);
    }

    @Test
    void what_is_wrong_is_told_with_its_place_and_without_the_value() {
        Reading reading = ANYTHING.read(text("{'password':hunter2}"));

        assertThat(reading).isEqualTo(new Unreadable(NOT_JSON, 12));
    }

    private static byte[] text(String text) {
        return PackFolder.json(text);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
