package dev.sallyport.contract.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.value.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SafetyCatchTest {
    private static final SafetyCatchSettings SETTINGS =
            new SafetyCatchSettings(true, new Percent(50), Duration.ofSeconds(10), 4, Duration.ofSeconds(60));

    private final List<Boolean> heard = new ArrayList<>();
    private long seconds;
    private final SafetyCatch safetyCatch =
            new SafetyCatch(SETTINGS, () -> Duration.ofSeconds(seconds).toNanos(), heard::add);

    @Test
    void a_schema_refuses_as_long_as_few_replies_break_it() {
        for (int reply = 0; reply < 100; reply++) {
            assertThat(safetyCatch.holds(reply % 3 == 2)).isTrue();
        }
        assertThat(heard).isEmpty();
        assertThat(safetyCatch.isReleased()).isFalse();
        assertThat(safetyCatch.secondsLeft()).isZero();
    }

    @Test
    void a_few_broken_replies_mean_nothing_before_the_minimum() {
        assertThat(broken(3)).containsExactly(true, true, true);
        assertThat(heard).isEmpty();
    }

    @Test
    void the_reply_that_makes_it_too_many_is_let_through_already() {
        assertThat(broken(5)).containsExactly(true, true, true, false, false);
        assertThat(heard).containsExactly(true);
        assertThat(safetyCatch.secondsLeft()).isEqualTo(60);
    }

    @Test
    void after_the_hold_the_schema_refuses_again_and_counts_anew() {
        broken(4);

        seconds = 59;
        assertThat(safetyCatch.holds(true)).isFalse();
        seconds = 60;
        assertThat(broken(3)).containsExactly(true, true, true);
        assertThat(heard).containsExactly(true, false);
    }

    @Test
    void what_broke_in_an_earlier_window_does_not_count() {
        broken(3);

        seconds = 10;

        assertThat(broken(3)).containsExactly(true, true, true);
    }

    @Test
    void a_share_just_below_the_threshold_does_not_release_it() {
        for (int reply = 0; reply < 51; reply++) {
            safetyCatch.holds(false);
        }

        assertThat(broken(50)).doesNotContain(false);
        assertThat(safetyCatch.holds(true)).isFalse();
    }

    private List<Boolean> broken(int replies) {
        List<Boolean> held = new ArrayList<>();
        for (int reply = 0; reply < replies; reply++) {
            held.add(safetyCatch.holds(true));
        }
        return held;
    }
}
