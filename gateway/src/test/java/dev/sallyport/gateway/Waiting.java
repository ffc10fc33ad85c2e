package dev.sallyport.gateway;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;

/** Waits for what comes by itself; long enough for a machine that is busy with other things. */
public final class Waiting {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

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
        return await(what).pollDelay(Duration.ZERO).pollInterval(BETWEEN_LOOKS).atMost(PATIENCE);
    }
}
