package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.gateway.log.FailureWatch;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.KeyMeters;
import dev.sallyport.gateway.management.meters.TelemetryMeters;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupFailed;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFailed;
import dev.sallyport.token.keys.fetch.FetchFault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Why keys could not be fetched and devices not looked up: told once with its cause, then as a number, and that it is over. */
final class CausesInLogTest {
    private static final Issuer ISSUER =
            new Issuer(new Operation("sessions.jwks", "GET", "/keys/{project}"), TokenAlgorithm.RS256, "hunter2");
    private static final Issuer OTHER = new Issuer(ISSUER.jwks(), TokenAlgorithm.RS256, "hunter3");
    private static final KeySet KEYS = none();

    private final FetchFailed unknownHost =
            new FetchFailed(FetchFault.UNREACHABLE, new UnknownHostException("keys.invalid"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LogCapture log = new LogCapture();
    private final KeyMeters keys = new KeyMeters(new SimpleMeterRegistry(), new LineWindows(time));
    private long now;
    private final TelemetryMeters lookups =
            new TelemetryMeters(new SimpleMeterRegistry(), List.of(), TelemetryMeters.watch(() -> now));

    private static KeySet none() {
        try {
            return KeySet.parse("{\"keys\":[]}", TokenAlgorithm.RS256, null);
        } catch (ParseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @AfterEach
    void end() {
        log.close();
        time.dispose();
    }

    @Test
    void the_first_failure_is_told_with_its_cause_and_the_project_is_not_named() {
        keys.failed(ISSUER, unknownHost, true);

        assertThat(log.taken())
                .contains("Session keys could not be fetched", "jwks=\"sessions.jwks\"", "why=\"unreachable\"")
                .contains("UnknownHostException: keys.invalid")
                .doesNotContain("hunter2");
    }

    @Test
    void the_same_failure_again_is_not_told_and_counted_when_keys_are_fetched_again() {
        for (int fetch = 0; fetch < 5; fetch++) {
            keys.failed(ISSUER, unknownHost, true);
        }
        keys.failed(ISSUER, new FetchFailed(FetchFault.BAD_STATUS, null), true);
        assertThat(log.taken().split("Session keys could not be fetched", -1)).hasSize(3);

        keys.refreshed(ISSUER, KEYS);
        keys.refreshed(ISSUER, KEYS);

        assertThat(log.taken())
                .containsOnlyOnce("Session keys are fetched again [jwks=\"sessions.jwks\", seconds=\"0\", "
                        + "unreachable=\"5\", bad_status=\"1\"]");
    }

    @Test
    void keys_are_fetched_again_when_no_project_is_left_whose_keys_are_not() {
        keys.failed(ISSUER, unknownHost, true);
        keys.failed(OTHER, unknownHost, true);
        keys.refreshed(OTHER, KEYS);
        assertThat(log.taken()).doesNotContain("fetched again");

        keys.refreshed(ISSUER, KEYS);
        assertThat(log.taken()).contains("fetched again", "unreachable=\"2\"");

        keys.failed(ISSUER, unknownHost, true);
        assertThat(log.taken()).contains("Session keys could not be fetched");
    }

    @Test
    void a_project_that_turns_out_not_to_be_published_there_is_not_waited_for() {
        keys.failed(ISSUER, unknownHost, false);

        keys.failed(ISSUER, new FetchFailed(FetchFault.NOT_PUBLISHED, null), false);

        assertThat(log.taken()).contains("fetched again");
    }

    @Test
    void keys_that_were_never_missed_are_not_told_of() {
        keys.refreshed(ISSUER, KEYS);

        assertThat(log.taken()).isEmpty();
    }

    @Test
    void another_failure_is_news() {
        keys.failed(ISSUER, unknownHost, true);
        log.taken();

        keys.failed(ISSUER, new FetchFailed(FetchFault.TIMED_OUT, null), true);

        assertThat(log.taken()).contains("why=\"timed_out\"");
    }

    @Test
    void lookups_that_fail_are_told_once_for_each_kind_and_when_they_work_again() {
        for (int call = 0; call < 3; call++) {
            looked(DeviceFinding.of(LookupOutcome.TIMEOUT).because(new IllegalStateException("hunter2")));
            looked(DeviceFinding.of(LookupOutcome.UNAVAILABLE).because(LookupFailed.with(401)));
            looked(DeviceFinding.of(LookupOutcome.UNAVAILABLE).because(LookupFailed.with(503)));
        }
        looked(DeviceFinding.of(LookupOutcome.BREAKER_OPEN));
        looked(DeviceFinding.of(LookupOutcome.TIMEOUT)); // the call's own time was over

        assertThat(log.taken().split("\n"))
                .filteredOn(line -> line.contains("dev.sallyport.calls"))
                .extracting(line -> line.substring(line.indexOf('[')).strip())
                .containsExactly(
                        "[outcome=\"timeout\", cause=\"IllegalStateException\"] {} WARN",
                        "[outcome=\"unavailable\", cause=\"LookupFailed: status 401\"] {} WARN",
                        "[outcome=\"unavailable\", cause=\"LookupFailed: status 503\"] {} WARN");
        looked(DeviceFinding.of(LookupOutcome.ALLOW));
        assertThat(log.taken()).as("within half a minute").doesNotContain("again");
        now += FailureWatch.QUIET.toNanos();
        looked(DeviceFinding.of(LookupOutcome.NOT_FOUND));

        assertThat(log.taken())
                .contains("Devices are looked up again "
                        + "[seconds=\"0\", timeout=\"3\", refused=\"3\", unavailable=\"3\"]");
    }

    private void looked(DeviceFinding finding) {
        lookups.lookedUp(finding, 1);
        lookups.decided("login", TelemetryMode.OBSERVE, finding, false);
    }
}
