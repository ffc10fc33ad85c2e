package dev.sallyport.json;

import static dev.sallyport.contract.pack.PackFolder.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompactJsonTest {
    private static final int MOST = 4096;

    @ParameterizedTest
    @CsvSource({"4095, true", "4096, true", "4097, false"})
    void the_bound_itself_still_fits(int bytes, boolean fits) {
        assertThat(CompactJson.fits(object(bytes, ""), MOST)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"4096, true", "4097, false"})
    void white_space_does_not_count(int compactBytes, boolean fits) {
        assertThat(CompactJson.fits(object(compactBytes, " \n\t\r".repeat(2000)), MOST))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'\\u0041'}             | 9",
                "{'a':'\\/'}                 | 9",
                "{'a':'\\u00e4'}             | 10",
                "{'a':'\\ud83d\\ude00'}      | 12",
                "{'a':'\\u000a'}             | 10",
                "{'\\u0061':[ 1 , 2 ]}       | 11",
                "{'a': 1.50 , 'b' : null }   | 19",
                "{'a':   1E400 }             | 11",
                "{'a':   0.10000000000000000555 } | 28",
                "{ 'a' : 'ä' }               | 10",
                "{ }                         | 2",
            })
    void needless_escapes_do_not_count_and_numbers_stay_as_written(String object, int compactBytes) {
        Value value = value(object);

        assertThat(CompactJson.fits(value, compactBytes)).isTrue();
        assertThat(CompactJson.fits(value, compactBytes - 1)).isFalse();
    }

    @Test
    void what_is_no_object_has_no_names() {
        assertThat(CompactJson.hasAny(Value.MISSING, List.of("a"))).isFalse();
        assertThat(CompactJson.hasAny(Value.scalar(Kind.STRING, "a"), List.of("a")))
                .isFalse();
    }

    private static Value object(int compactBytes, String space) {
        String filler = "x".repeat(compactBytes - "{\"a\":\"\"}".length());
        return value("{" + space + "'a':" + space + "'" + filler + "'}");
    }

    private static Value value(String object) {
        byte[] bytes = json(object);
        return Value.container(Kind.OBJECT, bytes, 0, bytes.length);
    }
}
