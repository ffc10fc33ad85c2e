package dev.sallyport.json.bytes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ByteNamesTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
    private static final List<String> TEXTS = IntStream.rangeClosed(0, LETTERS.length())
            .mapToObj(length -> LETTERS.substring(0, length))
            .toList();

    private final ByteNames names = new ByteNames(TEXTS);

    private static List<String> texts() {
        return TEXTS;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_found_wherever_it_stands(String text) {
        for (String before : List.of("", "\"", "abc:\"")) {
            for (String behind : List.of("", "\"", "\": 1234567890")) {
                byte[] bytes = bytes(before + text + behind);

                ByteNames.Name found =
                        requireNonNull(names.find(bytes, before.length(), before.length() + text.length()));

                assertThat(found.index()).as("%s|%s|%s", before, text, behind).isEqualTo(text.length());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_with_any_byte_changed_is_another(String text) {
        ByteNames one = new ByteNames(List.of(text));
        for (int at = 0; at < text.length(); at++) {
            byte[] bytes = bytes('"' + text + '"');
            bytes[at + 1] ^= 1;

            assertThat(one.has(bytes, 1, text.length() + 1))
                    .as("byte %d of %s", at, text)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void the_expected_name_ends_at_its_closing_quote(String text) {
        byte[] written = bytes('"' + text + "\":1");
        ByteNames.Name name = requireNonNull(names.find(written, 1, text.length() + 1));

        assertThat(name.end(written, 0)).isEqualTo(text.length() + 1);
        assertThat(name.end(bytes('"' + text + "x\":1"), 0)).isEqualTo(ByteNames.NONE);
        assertThat(name.end(bytes('"' + text), 0)).isEqualTo(ByteNames.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
