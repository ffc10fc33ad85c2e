package dev.sallyport.gateway.log;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells in the log when something begins to fail, and how; and when it works again, how often it had failed and for how long. Of
 * one time of failing each kind of failure is told once, then their numbers every ten minutes. Thread-safe.
 */
public final class FailureWatch {
    /** How long the provider, or lookups, must not have failed until they are told to work again. */
    public static final Duration QUIET = Duration.ofSeconds(30);

    static final Duration AGAIN = Duration.ofMinutes(10);

    private final Logger log;
    private final Words words;
    private final Duration quiet;
    private final LongSupplier nanoTime;
    /** Null while it does not fail, which is all that what goes well asks for. */
    private volatile @Nullable Failing failing;

    /**
     * The lines: of the first failure of a kind, of more of them, and of the end.
     *
     * @param about keys and values that each line has
     */
    public record Words(String begins, String goesOn, String ends, Map<String, String> about) {
        /** Lines about the one thing of its kind. */
        public Words(String begins, String goesOn, String ends) {
            this(begins, goesOn, ends, Map.of());
        }

        private LoggingEventBuilder begun(LoggingEventBuilder empty) {
            LoggingEventBuilder line = empty;
            for (Map.Entry<String, String> each : about.entrySet()) {
                line = line.addKeyValue(each.getKey(), each.getValue());
            }
            return line;
        }
    }

    /**
     * One that has seen no failure.
     *
     * @param quiet for how long it must not have failed until it is told to work again, so that what fails now and then is not told
     *     of each time
     * @param nanoTime a clock in nanoseconds
     */
    public FailureWatch(Logger log, Words words, Duration quiet, LongSupplier nanoTime) {
        this.log = log;
        this.words = words;
        this.quiet = quiet;
        this.nanoTime = nanoTime;
    }

    /**
     * It failed.
     *
     * @param how the kind of failure: one of few words
     * @param details adds what there is to say of the first failure of a kind
     */
    public void failed(String how, UnaryOperator<LoggingEventBuilder> details) {
        long now = nanoTime.getAsLong();
        boolean isFirst;
        @Nullable Failing still;
        synchronized (this) {
            @Nullable Failing since = failing;
            if (since == null) {
                since = new Failing(now);
                failing = since;
            }
            isFirst = since.isFirst(how, now);
            still = since.isDue(now) ? since.copy() : null;
        }
        if (still != null) {
            still.told(words.begun(log.atWarn())).log(words.goesOn());
        }
        if (isFirst) {
            details.apply(words.begun(log.atWarn())).log(words.begins());
        }
    }

    /** It went well. */
    public void well() {
        if (failing == null) {
            return;
        }
        @Nullable Failing over = null;
        synchronized (this) {
            @Nullable Failing since = failing;
            if (since != null && since.isQuiet(nanoTime.getAsLong(), quiet)) {
                over = since;
                failing = null;
            }
        }
        if (over != null) {
            over.told(words.begun(log.atInfo())).log(words.ends());
        }
    }

    /** From the first failure to the last; changed under the watch's lock. */
    private static final class Failing {
        private final Map<String, Long> failures = new LinkedHashMap<>();
        private final long begin;
        private long last;
        private long told;

        Failing(long begin) {
            this.begin = begin;
            this.last = begin;
            this.told = begin;
        }

        boolean isFirst(String how, long now) {
            last = now;
            return failures.merge(how, 1L, Long::sum) == 1;
        }

        boolean isDue(long now) {
            boolean isDue = now - told >= AGAIN.toNanos();
            told = isDue ? now : told;
            return isDue;
        }

        boolean isQuiet(long now, Duration quiet) {
            return now - last >= quiet.toNanos();
        }

        /** To be told outside the lock. */
        Failing copy() {
            var copy = new Failing(begin);
            copy.last = last;
            copy.failures.putAll(failures);
            return copy;
        }

        LoggingEventBuilder told(LoggingEventBuilder begun) {
            LoggingEventBuilder line =
                    begun.addKeyValue("seconds", Duration.ofNanos(last - begin).toSeconds());
            for (Map.Entry<String, Long> each : failures.entrySet()) {
                line = line.addKeyValue(each.getKey(), each.getValue());
            }
            return line;
        }
    }

    @Override
    public String toString() {
        return failing == null ? "works" : "fails";
    }
}
