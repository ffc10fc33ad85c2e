package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.laws.Laws;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyKeyTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a, a",
                "8e03978e-40d5-43dd-bc93-6894a57f9324, 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "`\"8e03978e-40d5-43dd-bc93-6894a57f9324\"`, 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "` \"order 4711\" `, order 4711",
                "`\"a\\\"b\\\\c\"`, `a\"b\\c`",
                "`\"a,b;c\"`, `a,b;c`",
                "order:4711/2+x==, order:4711/2+x=="
            })
    void a_key_is_read_with_its_quotes_and_without(String written, String key) {
        assertThat(IdempotencyKey.in(Headers.of(Map.of("Idempotency-Key", written))))
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "\"",
                "\"a",
                "a\"",
                "a b",
                "a,b",
                "a;b",
                "a\\b",
                "\"a\"b",
                "\"a\";p=1",
                "\"a\", \"b\"",
                "\"a\\b\"",
                "\"a\\",
                "\"a\\\"",
                "é",
                "\"é\"",
                "a\tb",
                "\"a\tb\"",
                "a\u0000",
                "\u007f"
            })
    void what_is_no_key_is_none(String written) {
        assertThat(IdempotencyKey.in(Headers.of(Map.of("idempotency-key", written))))
                .isNull();
    }

    @Test
    void a_key_has_255_characters_at_most_however_it_is_written() {
        String longest = "k".repeat(255);

        assertThat(IdempotencyKey.read(longest)).isEqualTo(longest);
        assertThat(IdempotencyKey.read('"' + longest + '"')).isEqualTo(longest);
        assertThat(IdempotencyKey.read(longest + "k")).isNull();
        assertThat(IdempotencyKey.read('"' + longest + "k\"")).isNull();
    }

    @Test
    void a_key_that_is_given_twice_is_none_even_if_it_is_the_same() {
        assertThat(IdempotencyKey.in(lines("a", "a"))).isNull();
        assertThat(IdempotencyKey.in(lines("a"))).isEqualTo("a");
    }

    @Test
    void every_printable_key_comes_out_of_its_quotes_as_it_went_in() {
        Laws.holds(2000, draw -> {
            String key = draw.text(1, 255, ' ', '~');
            String written = '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

            assertThat(IdempotencyKey.read(written)).isEqualTo(key);
        });
    }

    @Test
    void no_text_makes_a_key_that_is_not_printable() {
        Laws.holds(2000, draw -> {
            @Nullable String key = IdempotencyKey.read(draw.text(300));

            assertThat(key == null || key.matches("[ -~]{1,255}")).isTrue();
        });
    }

    private static Headers lines(String... values) {
        return new Headers() {
            @Override
            public String first(String name) {
                return values[0];
            }

            @Override
            public void forEach(BiConsumer<String, String> line) {
                List.of(values).forEach(value -> line.accept("Idempotency-Key", value));
            }
        };
    }
}
