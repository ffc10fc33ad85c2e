package dev.sallyport.config.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.config.GivenSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway") // null is how a binder says that nothing was given
final class TelemetrySettingsTest {
    private static final String FRAUD_URL = "must be a URL such as https://devices.example.com, ";

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(
                        "sallyport.provider.fraud-base-url",
                        FRAUD_URL + "without a path, was https://telemetry.stytch.com/v1",
                        () -> provider("https://telemetry.stytch.com/v1")),
                wrong(
                        "sallyport.provider.fraud-base-url",
                        FRAUD_URL + "because telemetry ids are looked up, was missing",
                        () -> settings(null, mode(TelemetryMode.ENFORCE), null)),
                wrong(
                        "sallyport.telemetry.timeout",
                        "must be less than sallyport.deadline, which is 300ms, was 300ms",
                        () -> settings(
                                "https://telemetry.stytch.com", mode(TelemetryMode.OBSERVE), Duration.ofMillis(300))),
                wrong(
                        "sallyport.telemetry.header",
                        "must be the name of an HTTP header, was X Telemetry",
                        () -> telemetry("X Telemetry", null, null, null)),
                wrong(
                        "sallyport.telemetry.timeout",
                        "must be between 10ms and 30s, was 1ms",
                        () -> telemetry(null, Duration.ofMillis(1), null, null)),
                wrong(
                        "sallyport.telemetry.max-connections",
                        "must be between 1 and 10000, was 0",
                        () -> telemetry(null, null, 0, null)),
                wrong(
                        "sallyport.telemetry.known-reasons",
                        "must be names of letters, digits and underscores, was a b",
                        () -> telemetry(null, null, null, List.of("a b"))),
                wrong(
                        "sallyport.telemetry.header",
                        "must be another header than those of the results, was x-telemetry-verdict",
                        () -> telemetry("x-telemetry-verdict", null, null, null)),
                wrong(
                        "sallyport.telemetry.header",
                        "must be a header that nothing else needs, was Authorization",
                        () -> telemetry("Authorization", null, null, null)),
                wrong(
                        "sallyport.telemetry.header",
                        "must be a header that nothing else needs, was X_Forwarded_For",
                        () -> telemetry("X_Forwarded_For", null, null, null)),
                wrong(
                        "sallyport.telemetry.results",
                        "must be headers that nothing else needs, was X-HTTP-Method-Override",
                        () -> new TelemetryResultsSettings(null, null, "X-HTTP-Method-Override", null, null)),
                wrong(
                        "sallyport.telemetry.results",
                        "must be three different headers, was [X-Telemetry-Reasons]",
                        () -> new TelemetryResultsSettings(
                                null, null, "X-Telemetry-Reasons", "x-telemetry-reasons", null)),
                wrong(
                        "sallyport.telemetry.results.verdict",
                        "must be the name of an HTTP header, was a b",
                        () -> new TelemetryResultsSettings(null, null, "a b", null, null)),
                wrong(
                        "sallyport.telemetry.results",
                        "must be headers that nothing else needs, was authorization",
                        () -> new TelemetryResultsSettings(null, null, null, "authorization", null)),
                wrong(
                        "sallyport.telemetry.results",
                        "must be headers that nothing else needs, was Set_Cookie",
                        () -> new TelemetryResultsSettings(null, null, null, "Set_Cookie", null)),
                wrong(
                        "sallyport.telemetry.cache.ttl",
                        "must be between 0s and 5m, was 1h",
                        () -> new TelemetryCacheSettings(Duration.ofHours(1), null)),
                wrong(
                        "sallyport.telemetry.cache.entries",
                        "must be between 1 and 1000000, was 0",
                        () -> new TelemetryCacheSettings(null, 0)),
                wrong(
                        "sallyport.telemetry.breaker.window",
                        "must be between 2 and 1000, was 1",
                        () -> new TelemetryBreakerSettings(1, null, null)),
                wrong(
                        "sallyport.telemetry.breaker.failures",
                        "must be between 1 and 100, was 0",
                        () -> new TelemetryBreakerSettings(null, new Percent(0), null)),
                wrong(
                        "sallyport.telemetry.breaker.pause",
                        "must be between 100ms and 10m, was 0s",
                        () -> new TelemetryBreakerSettings(null, null, Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_value_is_refused_with_its_key_and_what_was_expected(
            String key, String message, ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidSetting.class,
                        invalid -> assertThat(invalid.key()).isEqualTo(key))
                .hasMessage(message);
    }

    @Test
    void the_group_is_the_default_of_its_members() {
        var on = new TelemetryOnSettings(
                null, null, null, null, null, TelemetryAction.FORWARD, TelemetryAction.REFUSE, null, null, null);

        assertThat(on.timeout()).isEqualTo(TelemetryAction.REFUSE);
        assertThat(List.of(on.rateLimited(), on.breakerOpen(), on.invalidReply(), on.unavailable()))
                .containsOnly(TelemetryAction.FORWARD);
    }

    @Test
    void an_operations_own_mode_wins_and_the_general_one_leaves_those_alone_that_take_no_id() {
        var telemetry = new TelemetrySettings(
                TelemetryMode.OBSERVE,
                null,
                Map.of("sessions.migrate", TelemetryMode.ENFORCE, "b2b.sessions.migrate", TelemetryMode.ENFORCE),
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(telemetry.of("sessions.migrate", true)).isEqualTo(TelemetryMode.ENFORCE);
        assertThat(telemetry.of("b2b.sessions.migrate", false)).isEqualTo(TelemetryMode.ENFORCE);
        assertThat(telemetry.of("b2b.sessions.exchange", true)).isEqualTo(TelemetryMode.OBSERVE);
        assertThat(telemetry.of("sessions.revoke", false)).isEqualTo(TelemetryMode.OFF);
        assertThat(telemetry.looksUp()).isTrue();
        assertThat(TelemetrySettings.defaults().looksUp()).isFalse();
    }

    private static Arguments wrong(String key, String message, ThrowingCallable making) {
        return arguments(key, message, making);
    }

    private static TelemetrySettings mode(TelemetryMode mode) {
        return new TelemetrySettings(mode, null, null, null, null, null, null, null, null, null);
    }

    private static TelemetrySettings telemetry(
            @Nullable String header,
            @Nullable Duration timeout,
            @Nullable Integer maxConnections,
            @Nullable List<String> knownReasons) {
        return new TelemetrySettings(null, header, null, timeout, maxConnections, null, null, null, null, knownReasons);
    }

    private static ProviderSettings provider(@Nullable String fraudBaseUrl) {
        return new ProviderSettings(
                null,
                URI.create("https://test.stytch.com"),
                Optional.ofNullable(fraudBaseUrl).map(URI::create),
                null,
                null,
                null,
                null,
                Optional.empty(),
                null);
    }

    private static Settings settings(
            @Nullable String fraudBaseUrl, TelemetrySettings telemetry, @Nullable Duration deadline) {
        Map<String, Object> given = new HashMap<>(Map.of("provider", provider(fraudBaseUrl), "telemetry", telemetry));
        if (deadline != null) {
            given.put("deadline", deadline);
        }
        return GivenSettings.of(given);
    }
}
