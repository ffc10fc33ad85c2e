package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.laws.Laws;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {
    private static final Base64.Encoder WRITER = Base64.getUrlEncoder().withoutPadding();

    @Test
    void what_a_writer_makes_is_canonical_and_reads_back() {
        Laws.holds(1000, draw -> {
            byte[] bytes = draw.bytes(255);
            String text = WRITER.encodeToString(bytes);

            assertThat(isCanonical(text)).as(text).isTrue();
            byte[] within = ("ab." + text + ".c").getBytes(StandardCharsets.US_ASCII);
            assertThat(Base64Url.decoded(within, 3, within.length - 2)).isEqualTo(bytes);
        });
    }

    @Test
    void what_is_canonical_is_what_a_writer_makes() {
        Laws.holds(1000, draw -> {
            String text = draw.text(0, 12, '+', 'z');

            assertThat(isCanonical(text)).as(text).isEqualTo(isWhatAWriterMakes(text));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AB",
                "AAB",
                "AA==",
                "AA==AA",
                "AAA=A",
                "AA=A",
                "AAA=",
                "A+",
                "A/",
                "A A",
                "AA\n",
                "\u00e9A",
                "AAAAA",
                "AA\uff21A",
                "AAA\0"
            })
    void anything_else_is_not(String text) {
        assertThat(isCanonical(text)).isFalse();
    }

    private static boolean isCanonical(String text) {
        return Base64Url.decoded(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length()) != null;
    }

    private static boolean isWhatAWriterMakes(String text) {
        try {
            return WRITER.encodeToString(Base64.getUrlDecoder().decode(text)).equals(text);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
