package dev.sallyport.gateway;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;

/** Waits for what comes by itself; long enough for a machine that is busy with other things. */
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    /** What is not there at once is asked for less and less often: a scrape takes as long as several calls. */
    private static final PollInterval PAUSES = IterativePollInterval.iterative(
            pause -> Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE)), FIRST_PAUSE);

    private Waiting() {}

    /** Asks until it is so; fails after a minute. */
    public static void until(String what, Callable<Boolean> condition) {
        patiently(what).until(condition);
    }

    /** Asks until the answer is the wanted one, and returns that; fails after a minute. */
    public static <T> T until(String what, Callable<T> question, Predicate<T> wanted) {
        return patiently(what).until(question, wanted);
    }

    private static ConditionFactory patiently(String what) {
        return await(what).pollDelay(Duration.ZERO).pollInterval(PAUSES).atMost(PATIENCE);
    }
}
