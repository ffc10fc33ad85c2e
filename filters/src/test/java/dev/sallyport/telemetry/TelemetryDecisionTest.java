package dev.sallyport.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.telemetry.TelemetryAction;
import dev.sallyport.config.telemetry.TelemetryOnSettings;
import dev.sallyport.rejection.Reason;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TelemetryDecisionTest {
    private static final TelemetryDecision BY_DEFAULT = new TelemetryDecision(TelemetryOnSettings.defaults());

    @ParameterizedTest
    @CsvSource({
        "ALLOW,         false, DEVICE_REFUSED",
        "CHALLENGE,     false, DEVICE_REFUSED",
        "BLOCK,         true,  DEVICE_REFUSED",
        "NOT_FOUND,     true,  DEVICE_REFUSED",
        "MISSING,       true,  DEVICE_REFUSED",
        "TIMEOUT,       true,  TELEMETRY_UNAVAILABLE",
        "RATE_LIMITED,  true,  TELEMETRY_UNAVAILABLE",
        "BREAKER_OPEN,  true,  TELEMETRY_UNAVAILABLE",
        "INVALID_REPLY, true,  TELEMETRY_UNAVAILABLE",
        "UNAVAILABLE,   true,  TELEMETRY_UNAVAILABLE",
    })
    void by_default_what_is_bad_or_unknown_is_refused(LookupOutcome outcome, boolean refused, Reason reason) {
        assertThat(BY_DEFAULT.refuses(outcome)).isEqualTo(refused);
        assertThat(BY_DEFAULT.rejection(DeviceFinding.of(outcome)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void each_outcome_heeds_its_own_setting(LookupOutcome outcome) {
        assertThat(new TelemetryDecision(all(TelemetryAction.REFUSE)).refuses(outcome))
                .isTrue();
        assertThat(new TelemetryDecision(all(TelemetryAction.FORWARD)).refuses(outcome))
                .isFalse();
    }

    @Test
    void a_refused_device_is_not_told_why() {
        assertThat(Stream.of(LookupOutcome.BLOCK, LookupOutcome.NOT_FOUND, LookupOutcome.MISSING)
                        .map(outcome -> BY_DEFAULT.rejection(DeviceFinding.of(outcome)))
                        .map(told -> told.reason() + " " + told.message())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void the_log_learns_why_a_call_was_refused() {
        var broken = new IllegalStateException("broken");

        assertThat(BY_DEFAULT.rejection(DeviceFinding.of(LookupOutcome.BLOCK)).cause())
                .hasMessage("outcome block");
        assertThat(BY_DEFAULT
                        .rejection(DeviceFinding.of(LookupOutcome.UNAVAILABLE).because(broken))
                        .cause())
                .isSameAs(broken);
    }

    private static TelemetryOnSettings all(TelemetryAction action) {
        return new TelemetryOnSettings(action, action, action, action, action, action, action, action, action, action);
    }
}
