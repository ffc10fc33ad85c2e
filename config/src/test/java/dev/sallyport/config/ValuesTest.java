package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import dev.sallyport.config.value.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0B",
        "512B, 512, 512B",
        "65536, 65536, 64KB",
        "64KB, 65536, 64KB",
        "64 KiB, 65536, 64KB",
        "1mb, 1048576, 1024KB",
        "2MiB, 2097152, 2048KB",
        "1025, 1025, 1025B"
    })
    void a_size_is_read_and_written(String text, long bytes, String written) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5MB", "64K", "1TB", "many", "9999999999999"})
    void what_is_not_a_size_is_refused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a size such as 64KB or 1MB, was " + text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "20%, 20", "20 %, 20", "100, 100"})
    void a_share_is_read(String text, int value) {
        assertThat(Percent.parse(text)).isEqualTo(new Percent(value)).hasToString(value + "%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "101%", "999", "1000", "0.2", "half"})
    void what_is_not_a_share_is_refused(String text) {
        assertThatThrownBy(() -> Percent.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.25S, 250ms", "PT1.5S, 1500ms", "PT10S, 10s", "PT5M, 5m", "PT90S, 90s", "P1D, 24h"})
    void a_duration_is_shown_as_operators_write_it(Duration duration, String shown) {
        assertThat(Require.shown(duration)).isEqualTo(shown);
    }

    @Test
    void a_secret_is_compared_and_revealed_and_never_shown() {
        Secret secret = Secret.of(" hush ");

        assertThat(secret).isEqualTo(Secret.of("hush")).isNotEqualTo(Secret.of("hash"));
        assertThat(secret.reveal()).isEqualTo("hush");
        assertThat(secret.toString()).doesNotContain("hush");
    }
}
