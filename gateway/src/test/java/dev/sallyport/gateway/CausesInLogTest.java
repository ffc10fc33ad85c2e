package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.KeyMeters;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFailed;
import dev.sallyport.token.keys.fetch.FetchFault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Why keys could not be fetched: told once with its cause, and then as a number. */
final class CausesInLogTest {
    private static final Issuer ISSUER =
            new Issuer(new Operation("sessions.jwks", "GET", "/keys/{project}"), TokenAlgorithm.RS256, "hunter2");
    private final FetchFailed unknownHost =
            new FetchFailed(FetchFault.UNREACHABLE, new UnknownHostException("keys.invalid"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LogCapture log = new LogCapture();
    private final KeyMeters keys = new KeyMeters(new SimpleMeterRegistry(), new LineWindows(time));

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
    void the_same_failure_again_is_summed_up() {
        for (int fetch = 0; fetch < 5; fetch++) {
            keys.failed(ISSUER, unknownHost, true);
        }
        String first = log.taken();
        time.advanceTimeBy(Duration.ofMinutes(10));

        assertThat(first.split("Session keys could not be fetched", -1)).hasSize(2);
        assertThat(log.taken()).contains("Session keys could not be fetched: … and 4 more like it in 600 s");
    }

    @Test
    void another_failure_is_news() {
        keys.failed(ISSUER, unknownHost, true);
        log.taken();

        keys.failed(ISSUER, new FetchFailed(FetchFault.TIMED_OUT, null), true);

        assertThat(log.taken()).contains("why=\"timed_out\"");
    }
}
