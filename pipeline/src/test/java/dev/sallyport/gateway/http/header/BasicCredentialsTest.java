package dev.sallyport.gateway.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BasicCredentialsTest {
    @ParameterizedTest
    @CsvSource({
        "project:secret, project",
        "project:, project",
        "project:a:b, project",
        "pröject:s, pröject",
        "a b:s, a b"
    })
    void the_user_name_stands_before_the_first_colon(String credentials, String name) {
        assertThat(read("Basic " + encoded(credentials))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"project", ":secret", "", "project\0:secret", "pro\nject:secret", "project\u007f:secret"})
    void credentials_without_a_proper_user_name_name_none(String credentials) {
        assertThat(read("Basic " + encoded(credentials))).isNull();
    }

    /** Two such names would otherwise be one: what cannot be decoded is replaced by one and the same character. */
    @Test
    void a_user_name_that_is_no_utf_8_is_none() {
        byte[] latin1 = "pr\u00f6ject:secret".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(read("Basic " + Base64.getEncoder().encodeToString(latin1))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Bearer cDpz",
                "Basic\tcDpz",
                "cDpz",
                "Basic cDp!",
                "Basic cDpz cDpz",
                "Basic cD pz"
            })
    void anything_else_names_none(String authorization) {
        assertThat(read(authorization)).isNull();
    }

    private static @Nullable String read(String authorization) {
        return BasicCredentials.userName(Headers.of(Map.of("Authorization", authorization)));
    }

    private static String encoded(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
