package dev.sallyport.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.caller.Presented.Basic;
import dev.sallyport.caller.Presented.Bearer;
import dev.sallyport.caller.Presented.None;
import dev.sallyport.caller.Presented.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PresentedTest {
    @Test
    void basic_credentials_are_read_whatever_is_in_the_password() {
        assertThat(Presented.of("basic  " + base64("project:a:b"))).isEqualTo(new Basic("project", "a:b"));
        assertThat(Presented.of("Basic " + base64(":key"))).isEqualTo(new Basic("", "key"));
        assertThat(Presented.of("Basic " + base64(":key")).namesUser()).isFalse();
        assertThat(Presented.of("Basic " + base64("p:key")).namesUser()).isTrue();
    }

    @Test
    void a_bearer_token_is_the_rest() {
        assertThat(Presented.of(" bearer abc.def ")).isEqualTo(new Bearer("abc.def"));
        assertThat(Presented.of(null)).isEqualTo(new None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic %%%", "Basic cHJvamVjdA==", "Basic //7/", "Digest abc", "Bearer", "Bearer "})
    void all_else_is_unreadable(String written) {
        assertThat(Presented.of(written)).isEqualTo(new Unreadable());
    }

    @Test
    void nothing_of_it_is_printed() {
        assertThat(Presented.of("Basic " + base64("project:secret")).toString()).doesNotContain("secret", "project");
        assertThat(Presented.of("Bearer secret").toString()).doesNotContain("secret");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
