package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // null is how a table says that nothing is there
final class StoreUrlTest {
    private static final Duration TIMEOUT = Duration.ofMillis(25);

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1:6379, redis://127.0.0.1:6379/0, , ",
        "redis://store, redis://store:6379/0, , ",
        "rediss://Store.example/3, rediss://Store.example:6379/3, , ",
        "redis://[::1]:7000/, redis://[::1]:7000/0, , ",
        "redis://:pass@store:1, redis://store:1/0, , pass",
        "redis://gateway:p%40ss+w%3Ard@store, redis://store:6379/0, gateway, p@ss+w:rd",
        "redis://gateway@store, redis://store:6379/0, gateway, "
    })
    void an_address_is_read_and_shown_without_its_credentials(String text, String shown, String user, String password) {
        StoreUrl url = StoreUrl.parse(text);

        assertThat(url).hasToString(shown);
        assertThat(url.user()).isEqualTo(Optional.ofNullable(user));
        assertThat(url.password()).isEqualTo(Optional.ofNullable(password).map(Secret::of));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:6379",
                "http://hidden",
                "redis:hidden",
                "redis://",
                "redis://host:0",
                "redis://host:65536",
                "redis://host/hidden",
                "redis://host/-1",
                "redis://host?password=hidden",
                "redis://host#hidden",
                "redis://:hid den@host",
                "redis://user:hidden@host:many"
            })
    void what_is_no_address_is_refused_without_a_word_of_it(String text) {
        assertThatThrownBy(() -> StoreUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be " + StoreUrl.EXPECTED)
                .hasNoCause();
    }

    @Test
    void a_secret_is_never_printed_and_equals_what_has_the_same_text() {
        var secret = Secret.of("hidden");

        assertThat(secret)
                .hasToString("a secret")
                .isEqualTo(Secret.of("hidden"))
                .isNotEqualTo(Secret.of("other"));
        assertThat(secret.reveal()).isEqualTo("hidden");
        assertThat(settings("redis://user:hidden@host", null, null).toString()).doesNotContain("hidden");
    }

    @Test
    void a_password_has_one_place_and_a_bundle_needs_tls() {
        assertThatThrownBy(() -> settings("redis://:one@host", "two", null))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("must be left out where the URL has a password, was there");
        assertThatThrownBy(() -> settings("redis://host", null, "bundle"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessage("must be left out where the URL is not rediss, was there");
        assertThat(settings("rediss://user@host", "file", "bundle").passwordFile())
                .contains("file");
    }

    @Test
    void other_credentials_are_taken_of_the_same_place_alone() {
        StoreSettings had = settings("redis://user:one@host", null, null);

        StoreSettings renewed = had.withCredentialsOf(settings("redis://other:two@host:6379/0", null, null));

        assertThat(renewed.url().flatMap(StoreUrl::user)).contains("other");
        assertThat(renewed.url().flatMap(StoreUrl::password)).contains(Secret.of("two"));
        assertThat(renewed.withoutCredentials()).isEqualTo(had.withoutCredentials());
        assertThat(had.withCredentialsOf(settings("redis://user:two@elsewhere", null, null)))
                .isEqualTo(had);
        assertThat(had.withCredentialsOf(settings("redis://user@host", "file", null)))
                .as("a file that the gateway was not started with")
                .isEqualTo(had);
    }

    private static StoreSettings settings(String url, String passwordFile, String bundle) {
        return new StoreSettings(
                Optional.of(StoreUrl.parse(url)),
                Optional.ofNullable(passwordFile),
                Optional.ofNullable(bundle),
                TIMEOUT);
    }
}
