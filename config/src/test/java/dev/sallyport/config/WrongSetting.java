package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.value.InvalidSetting;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.provider.Arguments;

/** A setting that no record takes, with what is told of it. */
@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class WrongSetting {
    private WrongSetting() {}

    static Arguments wrong(String key, String message, ThrowingCallable making) {
        return arguments(key, message, making);
    }

    static void assertRefused(ThrowingCallable making, String key, String message) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        invalid -> assertThat(invalid.key()).isEqualTo(key))
                .hasMessage(message);
    }

    static ProviderSettings projects(ProjectSettings... projects) {
        return new ProviderSettings(
                null,
                URI.create("https://test.stytch.com"),
                Optional.empty(),
                List.of(projects),
                null,
                null,
                null,
                Optional.empty(),
                null);
    }
}
