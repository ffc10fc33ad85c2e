package dev.sallyport.token.keys.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class UnknownKidThrottleTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    @Test
    void some_are_permitted_at_once_but_for_a_breath_between_them() {
        UnknownKidThrottle one = UnknownKidThrottle.full().taken(NOW, INTERVAL);

        assertThat(UnknownKidThrottle.full().next(NOW, INTERVAL)).isEqualTo(NOW);
        assertThat(one.next(NOW, INTERVAL)).isEqualTo(NOW.plusMillis(100));
    }

    @Test
    void then_one_an_interval_is() {
        UnknownKidThrottle none = exhausted();

        assertThat(none.next(NOW, INTERVAL)).isEqualTo(NOW.plus(INTERVAL));
        assertThat(none.next(NOW.plusSeconds(10), INTERVAL)).isEqualTo(NOW.plus(INTERVAL));
        assertThat(none.next(NOW.plusSeconds(31), INTERVAL)).isEqualTo(NOW.plusSeconds(31));
    }

    @Test
    void one_that_was_worth_it_is_given_back() {
        assertThat(exhausted().returned().next(NOW, INTERVAL)).isEqualTo(NOW.plusMillis(100));
    }

    @Test
    void never_more_than_some_are_saved_up() {
        Instant later = NOW.plus(Duration.ofDays(1));
        UnknownKidThrottle saved = UnknownKidThrottle.full().returned();
        for (int taken = 0; taken < UnknownKidThrottle.MOST; taken++) {
            saved = saved.taken(later, INTERVAL);
        }

        assertThat(saved.next(later, INTERVAL)).isEqualTo(later.plus(INTERVAL));
    }

    @Test
    void a_clock_that_is_set_back_takes_nothing_away() {
        assertThat(exhausted().taken(NOW.minusSeconds(3600), INTERVAL).left()).isEqualTo(-1);
    }

    private static UnknownKidThrottle exhausted() {
        UnknownKidThrottle left = UnknownKidThrottle.full();
        for (int taken = 0; taken < UnknownKidThrottle.MOST; taken++) {
            left = left.taken(NOW, INTERVAL);
        }
        return left;
    }
}
