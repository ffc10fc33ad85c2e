package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryBudgetTest {
    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5); // nanoTime may overflow

    @ParameterizedTest
    @CsvSource({
        // percent, a second, calls, retries
        "20,  3, 0,    30",
        "20,  3, 1000, 230",
        "0,   3, 1000, 30",
        "20,  0, 0,    0",
        "20,  0, 4,    0",
        "20,  0, 5,    1",
        "100, 0, 7,    7",
    })
    void retries_are_a_share_of_the_calls_and_a_few_a_second(int percent, int perSecond, int calls, int retries) {
        var budget = budget(percent, perSecond);
        payIn(budget, calls);

        assertThat(drained(budget)).isEqualTo(retries);
    }

    @Test
    void calls_and_retries_count_for_ten_seconds() {
        var budget = budget(20, 0);
        payIn(budget, 100);
        int first = drained(budget);
        pass(9);
        payIn(budget, 50);
        int second = drained(budget);
        pass(1);
        int third = drained(budget);
        pass(9);

        assertThat(first).isEqualTo(20);
        assertThat(second).isEqualTo(10);
        assertThat(third)
                .as("the calls of the first second are gone, and so are its retries")
                .isZero();
        assertThat(drained(budget)).isZero();
    }

    @Test
    void no_ten_seconds_have_more_than_there_is() {
        var budget = budget(0, 3);
        List<Integer> bySecond = new ArrayList<>();
        for (int second = 0; second < 100; second++) {
            bySecond.add(drained(budget));
            pass(1);
        }

        for (int from = 0; from + RetryBudget.WINDOW <= bySecond.size(); from++) {
            assertThat(bySecond.subList(from, from + RetryBudget.WINDOW).stream()
                            .mapToInt(count -> count)
                            .sum())
                    .isEqualTo(30);
        }
    }

    @Test
    void after_a_long_silence_nothing_is_left_of_what_was() {
        var budget = budget(20, 1);
        payIn(budget, 1000);
        drained(budget);
        nanos += TimeUnit.DAYS.toNanos(400);

        assertThat(drained(budget)).isEqualTo(10);
    }

    @Test
    void threads_that_retry_at_once_do_not_pass_it() throws Exception {
        var budget = budget(20, 3);
        int threads = 8;
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> taken = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                taken.add(pool.submit(() -> {
                    start.await();
                    payIn(budget, 100);
                    return drained(budget);
                }));
            }
            start.countDown();
            int sum = 0;
            for (Future<Integer> each : taken) {
                sum += each.get();
            }
            assertThat(sum + drained(budget)).isEqualTo(30 + threads * 20);
        } finally {
            pool.shutdownNow();
        }
    }

    private RetryBudget budget(int percent, int perSecond) {
        return new RetryBudget(percent, perSecond, () -> nanos);
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void payIn(RetryBudget budget, int calls) {
        for (int call = 0; call < calls; call++) {
            budget.payIn();
        }
    }

    private static int drained(RetryBudget budget) {
        int retries = 0;
        while (budget.takeOut()) {
            retries++;
        }
        return retries;
    }
}
