package dev.sallyport.gateway.console.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The readings of the last hour, and whether the meters can be read. Bounded. Thread-safe. */
public final class History {
    /** Between two readings. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final int MOST = (int) (Duration.ofHours(1).toSeconds() / INTERVAL.toSeconds());

    private final Deque<Sample> samples = new ArrayDeque<>();
    private @Nullable Instant failingSince;

    /** A reading that succeeded. */
    public synchronized void add(Sample sample) {
        if (samples.size() >= MOST) {
            samples.removeFirst();
        }
        samples.addLast(sample);
        failingSince = null;
    }

    /** A reading that failed. */
    public synchronized void failed(Instant at) {
        failingSince = failingSince == null ? at : failingSince;
    }

    /**
     * Since when there is no fresh reading; empty if there is one.
     *
     * @param now that a reading must not be much older than
     */
    public synchronized Optional<Instant> unreadableSince(Instant now) {
        if (failingSince != null) {
            return Optional.of(failingSince);
        }
        @Nullable Sample last = samples.peekLast();
        if (last == null) {
            return Optional.of(now);
        }
        boolean isFresh = last.at().plus(INTERVAL.multipliedBy(4)).isAfter(now);
        return isFresh ? Optional.empty() : Optional.of(last.at());
    }

    /** All of them, the oldest first. */
    public synchronized List<Sample> samples() {
        return new ArrayList<>(samples);
    }

    /** The last reading; empty before the first. */
    public synchronized Optional<Sample> last() {
        return Optional.ofNullable(samples.peekLast());
    }

    /** The last reading and one from so long before; the oldest if none is as old. Empty before the second. */
    public synchronized Optional<Window> window(Duration length) {
        @Nullable Sample last = samples.peekLast();
        if (last == null || samples.size() < 2) {
            return Optional.empty();
        }
        Instant begin = last.at().minus(length);
        Sample first = samples.getFirst();
        for (Sample sample : samples) {
            if (!sample.at().isAfter(begin)) {
                first = sample;
            }
        }
        return Optional.of(new Window(first, last));
    }

    /** Two readings, and what happened between them. */
    public record Window(Sample first, Sample last) {
        /** What one operation counted. */
        public Totals of(String operation) {
            return last.of(operation).since(first.of(operation));
        }

        /** What all operations counted. */
        public Totals all() {
            return last.all().since(first.all());
        }

        /** How much a counter grew. */
        public double grown(Sample.Counted name) {
            return last.grown(name, first);
        }

        public double seconds() {
            return last.secondsSince(first);
        }
    }
}
