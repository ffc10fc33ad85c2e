package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.gateway.management.meters.CertificateMeters;
import dev.sallyport.gateway.tls.client.Validity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When certificates are told to end. */
final class CertificateMetersTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final CertificateMeters meters = new CertificateMeters(registry, Clock.fixed(NOW, ZoneOffset.UTC), time);
    private final Logger log = (Logger) LoggerFactory.getLogger(CertificateMeters.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        meters.close();
    }

    @ParameterizedTest
    @CsvSource({
        "90, 15, false",
        "90, 13, true",
        "6, 3, false",
        "6, 1, true",
        "90, -1, true",
    })
    void it_should_be_replaced_two_weeks_before_its_end_or_with_a_third_of_a_shorter_life_left(
            int life, int left, boolean soon) {
        assertThat(validity(life, left).endsSoon(NOW)).isEqualTo(soon);
    }

    @Test
    void one_that_ends_soon_is_told_at_once_and_twice_a_day_and_any_other_is_not() {
        meters.verified("api.example.com", validity(90, 13));
        meters.verified("api.example.com", validity(90, 13));
        meters.own("web", validity(90, 60));
        assertThat(told()).containsExactly("A certificate ends soon");

        time.advanceTimeBy(Duration.ofDays(1));
        assertThat(told()).hasSize(3);
        assertThat(lines.list.get(0).getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("owner=provider", "name=api.example.com", "end=2026-11-14T12:00:00Z");
    }

    @Test
    void what_took_its_place_is_told_in_its_place() {
        meters.own("web", validity(90, -1));
        meters.own("web", validity(90, 80));
        time.advanceTimeBy(Duration.ofDays(1));

        assertThat(told()).containsExactly("A certificate has ended");
        assertThat(registry.get("sallyport.certificate.expiry.timestamp")
                        .tags("owner", "gateway", "name", "web")
                        .gauge()
                        .value())
                .isEqualTo((double) NOW.plus(Duration.ofDays(80)).getEpochSecond());
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Validity validity(int life, int left) {
        Instant end = NOW.plus(Duration.ofDays(left));
        return new Validity(end.minus(Duration.ofDays(life)), end);
    }
}
