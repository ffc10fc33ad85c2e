package dev.sallyport.gateway.provider;

import dev.sallyport.gateway.log.Causes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells in the log when the provider begins to fail, and how; and when it answers again, how often it had failed and for how long.
 * Of one time of failing each kind of failure is told once, then their numbers every ten minutes. It is over when the provider
 * answers and has not failed for half a minute, so that one that fails now and then is not told of call by call. Thread-safe.
 */
public final class ProviderWatch {
    static final Duration QUIET = Duration.ofSeconds(30);
    static final Duration AGAIN = Duration.ofMinutes(10);

    private static final int SERVER_ERROR = 500;
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.provider");

    private final LongSupplier nanoTime;
    /** Null while it does not fail, which is all that a good answer asks for. */
    private volatile @Nullable Failing failing;

    /** How the provider fails. */
    enum Failure {
        /** No connection was made, or it broke before the reply was whole. */
        UNREACHABLE,
        /** The call's time was over. */
        TIMED_OUT,
        /** What came is no reply in HTTP, or too large. */
        BROKEN_REPLY,
        /** It answered with 5xx. */
        SERVER_ERROR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that hears of all exchanges with a provider. */
    public ProviderWatch() {
        this(System::nanoTime);
    }

    /** @param nanoTime a clock in nanoseconds */
    ProviderWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It answered a call of an operation. */
    void answered(String operation, int status) {
        if (status >= SERVER_ERROR) {
            LoggingEventBuilder line = failed(Failure.SERVER_ERROR, operation);
            if (line != null) {
                line.addKeyValue("status", status).log("The provider fails");
            }
        } else if (failing != null) {
            well();
        }
    }

    /** It did not answer in time. */
    void timedOut(String operation) {
        LoggingEventBuilder line = failed(Failure.TIMED_OUT, operation);
        if (line != null) {
            line.log("The provider fails");
        }
    }

    /** An exchange came to nothing. */
    void failed(String operation, Failure how, Throwable cause) {
        LoggingEventBuilder line = failed(how, operation);
        if (line != null) {
            line.addKeyValue("cause", Causes.told(cause)).log("The provider fails");
        }
    }

    /** Counts a failure; the line that it begins, or null if it is one more of a kind. */
    private @Nullable LoggingEventBuilder failed(Failure how, String operation) {
        long now = nanoTime.getAsLong();
        boolean isFirst;
        @Nullable Failing still = null;
        synchronized (this) {
            @Nullable Failing since = failing;
            if (since == null) {
                since = new Failing(now);
                failing = since;
            }
            isFirst = since.isFirst(how, now);
            still = since.isDue(now) ? since : null;
        }
        if (still != null) {
            still.told(LOG.atWarn()).log("The provider still fails");
        }
        return isFirst ? LOG.atWarn().addKeyValue("operation", operation).addKeyValue("failure", how.label()) : null;
    }

    private void well() {
        @Nullable Failing over = null;
        synchronized (this) {
            @Nullable Failing since = failing;
            if (since != null && since.hasEnded(nanoTime.getAsLong())) {
                over = since;
                failing = null;
            }
        }
        if (over != null) {
            over.told(LOG.atInfo()).log("The provider answers again");
        }
    }

    /** From the first failure to the last; changed under the watch's lock. */
    private static final class Failing {
        private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
        private final long begin;
        private long last;
        private long told;

        Failing(long begin) {
            this.begin = begin;
            this.last = begin;
            this.told = begin;
        }

        boolean isFirst(Failure how, long now) {
            last = now;
            return failures.merge(how, 1L, Long::sum) == 1;
        }

        boolean isDue(long now) {
            boolean isDue = now - told >= AGAIN.toNanos();
            told = isDue ? now : told;
            return isDue;
        }

        boolean hasEnded(long now) {
            return now - last >= QUIET.toNanos();
        }

        LoggingEventBuilder told(LoggingEventBuilder empty) {
            LoggingEventBuilder line =
                    empty.addKeyValue("seconds", Duration.ofNanos(last - begin).toSeconds());
            for (Map.Entry<Failure, Long> each : failures.entrySet()) {
                line = line.addKeyValue(each.getKey().label(), each.getValue());
            }
            return line;
        }
    }

    @Override
    public String toString() {
        return failing == null ? "answers" : "fails";
    }
}
