package dev.sallyport.contract.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.pack.PackFolder;
import dev.sallyport.contract.schema.OnePassCheck;
import dev.sallyport.contract.schema.SchemaCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearPatternTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`^a$` | `a`",
                "`b` | `abc`",
                "`^.$` | `\ud83d\ude00`",
                "`^\\ud83d\\ude00$` | `\ud83d\ude00`",
                "`^\\u{1F600}$` | `\ud83d\ude00`",
                "`^\\u00e4\\x41$` | `\u00e4A`",
                "`^\\cA\\ca$` | `\u0001\u0001`",
                "`^[\\s]$` | `\u2028`",
                "`^\\s$` | `\u00a0`",
                "`^[\\s\\S]$` | `\n`",
                "`^[^\\s]$` | `x`",
                "`^[a[]+$` | `[a`",
                "`^[\\b]$` | `\b`",
                "`^\\p{Letter}$` | `\u00e4`",
                "`^\\p{Script=Greek}$` | `\u03c0`",
                "`^(?<year>\\d{4})-(?:0/1)$` | `2026-0/1`",
                "`^\\/\\-\\.\\{\\}$` | `/-.{}`",
                "`^a{2,}?$` | `aaaa`",
            })
    void what_ecmascript_matches_is_matched(String regex, String text) {
        assertThat(new LinearPattern(regex).matches(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`^a$` | `a\n`",
                "`^.$` | `\u2028`",
                "`^\\S$` | `\ufeff`",
                "`^[\\S]$` | `\u3000`",
                "`^\\d$` | `\u0967`",
                "`^\\w$` | `\u00e4`",
                "`^[^\\S]$` | `x`",
                "`^[:alpha:]$` | `z`",
            })
    void what_ecmascript_does_not_match_is_not_matched(String regex, String text) {
        assertThat(new LinearPattern(regex).matches(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?=a)",
                "(?!a)",
                "(?<=a)",
                "(?<!a)",
                "(a)\\1",
                "(?<n>a)\\k<n>",
                "(?i)a",
                "(?>a)",
                "a++",
                "[]",
                "[^]",
                "[a",
                "(",
                "a)",
                "a]",
                "a}",
                "a{",
                "a{,3}",
                "a{3,1}",
                "a{1001}",
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "\\a",
                "\\Aa",
                "a\\z",
                "\\Qa",
                "\\h",
                "\\ua",
                "\\xa",
                "\\c1",
                "\\01",
                "\\p{Alphabetic}",
                "\\pL",
                "a\\",
                "[\\B]",
                "[z-a]",
                "\\ud83d"
            })
    void what_is_not_matched_in_linear_time_or_read_alike_is_refused(String regex) {
        assertThatThrownBy(() -> new LinearPattern(regex)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(strings = {"^(a+)+$", "^(a|a)*$", "^(.*a){20}$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void what_runs_away_elsewhere_is_matched_in_linear_time(String regex) {
        assertThat(new LinearPattern(regex).matches("a".repeat(9_999) + "!")).isIn(true, false);
    }

    @Test
    void a_refused_pattern_is_named_with_file_and_pointer() {
        PackFolder pack = new PackFolder(folder)
                .with("s.json", "{'properties':{'a':{'pattern':'(?=b)'}}}")
                .with("names.json", "{'patternProperties':{'a/(b':{}}}")
                .with("far.json", "{'not':{},'properties':{'x':{'$ref':'s.json'}}}")
                .with("old.json", "{'items':{'$schema':'http://json-schema.org/draft-07/schema#'}}");

        assertThatThrownBy(() -> pack.check("s.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("s.json at #/properties/a/pattern: ")
                .hasMessageContaining("looks around");
        assertThatThrownBy(() -> pack.check("names.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("names.json at #/patternProperties/a~1(b: ");
        assertThatThrownBy(() -> pack.check("far.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("s.json at #/properties/a/pattern: ");
        assertThatThrownBy(() -> pack.check("old.json"))
                .isInstanceOf(PackProblem.class)
                .hasMessageContaining("old.json at #/items/$schema: must be");
    }

    @Test
    void data_that_looks_like_a_pattern_is_left_alone() {
        SchemaCheck check = new PackFolder(folder)
                .checkOf("{'enum':['a'],'default':{'pattern':'('},'properties':{'pattern':{'type':'string'}}}");

        assertThat(check).isInstanceOf(OnePassCheck.class);
    }

    @Test
    void a_text_that_is_too_long_for_its_pattern_is_refused_under_a_not_too() {
        SchemaCheck check = new PackFolder(folder).checkOf("{'not':{'pattern':'^(.*a){20}$'}}");

        assertThat(check.read(("\"" + "x".repeat(1_000_000) + "\"").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void many_texts_that_are_short_enough_alone_are_refused_together() {
        SchemaCheck check = new PackFolder(folder).checkOf("{'items':{'pattern':'^(.*a){20}$'}}");
        String text = "\"" + "x".repeat(1_000) + "\"";

        assertThat(check.read(array(text, 3))).isInstanceOf(Document.class);
        assertThat(check.read(array(text, 1_000))).isInstanceOf(Unreadable.class);
        assertThat(check.read(array(text, 3))).isInstanceOf(Document.class);
    }

    @Test
    void one_text_that_is_short_enough_for_each_pattern_is_refused_for_all() {
        String patterns = String.join(",", Collections.nCopies(500, "{'pattern':'^(.*a){20}$'}"));
        SchemaCheck check = new PackFolder(folder).checkOf("{'anyOf':[" + patterns + "]}");

        assertThat(check.read(array("1", 1))).isInstanceOf(Document.class);
        assertThat(check.read(("\"" + "x".repeat(1_000) + "\"").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void names_of_members_are_texts_too() {
        SchemaCheck check = new PackFolder(folder).checkOf("{'patternProperties':{'^(.*a){20}$':{'type':'string'}}}");
        String names = IntStream.range(0, 1_000)
                .mapToObj(number -> "\"" + "x".repeat(1_000) + number + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(check.read(names.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Unreadable.class);
    }

    private static byte[] array(String item, int times) {
        return ("[" + String.join(",", Collections.nCopies(times, item)) + "]").getBytes(StandardCharsets.UTF_8);
    }
}
