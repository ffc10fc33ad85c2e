package dev.sallyport.resilience.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HoldTest {
    /** Near where {@link System#nanoTime} turns over. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    @ParameterizedTest
    @CsvSource({
        // 429s, each with the second when it comes and what it says; in a row then; seconds left after the last
        "0:-,                                              1, 0",
        "0:- 30:-,                                         2, 1",
        "0:- 0:-,                                          2, 1",
        "0:- 0:- 1:-,                                      3, 2",
        "0:- 0:- 1:- 3:-,                                  4, 4",
        "0:- 0:- 1:- 3:- 7:-,                              5, 8",
        "0:- 0:- 1:- 3:- 7:- 15:-,                         6, 8",
        "0:- 0:- 1:- 3:- 7:- 15:- 23:- 31:- 39:- 47:-,    10, 8",
        // what comes while calls are held back answers earlier ones
        "0:- 0:- 0:- 0:- 0:-,                              2, 1",
        // what the provider says holds at once, up to a minute
        "0:7,                                              1, 7",
        "0:0,                                              1, 0",
        "0:60,                                             1, 60",
        "0:3600,                                           1, 60",
        "0:999999999,                                      1, 60",
        "0:0 0:-,                                          2, 1",
        "0:7 7:-,                                          2, 1",
        // the later end stands
        "0:7 1:2,                                          1, 6",
        "0:7 1:-,                                          1, 6",
        "0:7 1:20,                                         1, 20",
    })
    void calls_are_held_back(String answers, int inARow, long left) {
        Hold hold = Hold.none(START);
        long now = START;
        for (String answer : answers.split(" ", -1)) {
            String[] parts = answer.split(":", -1);
            now = START + Duration.ofSeconds(Long.parseLong(parts[0])).toNanos();
            hold = hold.after(parts[1].equals("-") ? null : Duration.ofSeconds(Long.parseLong(parts[1])), now);
        }

        assertThat(hold.inARow()).isEqualTo(inARow);
        assertThat(hold.left(now)).isEqualTo(Duration.ofSeconds(left).toNanos());
        assertThat(hold.isOn(now)).isEqualTo(left > 0);
        assertThat(hold.isOn(now + Duration.ofSeconds(left).toNanos())).isFalse();
    }

    @Test
    void a_date_at_the_end_of_time_holds_for_a_minute() {
        assertThat(Hold.none(0).after(Duration.ofSeconds(Long.MAX_VALUE), 0).left(0))
                .isEqualTo(Duration.ofMinutes(1).toNanos());
    }
}
