package dev.sallyport.token.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.token.keys.SavedKeys.Saved;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SavedKeysTest {
    private static final Saved SET = new Saved(
            "project",
            "sessions.jwks",
            "https://a/b",
            Instant.EPOCH,
            Keys.set(Keys.GOOD).published(KnownMembers.NOTHING));

    @Test
    void what_was_written_is_read_back() throws ParseException {
        SavedKeys read = SavedKeys.parse(new SavedKeys(List.of(SET)).json());

        assertThat(read.sets()).hasSize(1);
        assertThat(read.sets().get(0).project()).isEqualTo("project");
        assertThat(read.sets().get(0).since()).isEqualTo(Instant.EPOCH);
        assertThat(KeySet.parse(read.sets().get(0).jwks(), TokenAlgorithm.RS256, null)
                        .keyIds())
                .containsExactly("good");
    }

    @Test
    void nothing_private_is_written() {
        String json = new SavedKeys(List.of(SET)).json();

        assertThat(json).doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"");
        assertThat(json).doesNotContain(Keys.GOOD.getPrivateExponent().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"version\":2,\"sets\":[]}",
                "{\"version\":1}",
                "{\"version\":1,\"sets\":{}}",
                "{\"version\":1,\"sets\":[null]}",
                "{\"version\":1,\"sets\":[1]}",
                "{\"version\":1,\"sets\":[{}]}",
                "{\"version\":1,\"sets\":[{\"project\":\"p\",\"operation\":\"o\",\"address\":\"a\",\"since\":\"soon\",\"jwks\":{}}]}",
                "{\"version\":1,\"sets\":[{\"project\":\"p\",\"operation\":\"o\",\"address\":\"a\",\"since\":\"1970-01-01T00:00:00Z\"}]}",
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> SavedKeys.parse(text)).isInstanceOf(ParseException.class);
    }
}
