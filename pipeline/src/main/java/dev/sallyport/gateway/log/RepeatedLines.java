package dev.sallyport.gateway.log;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps lines of one kind from filling the log: of each kind so many in a window are written in full, further ones are counted
 * and told in one line when the window ends, whether or not another event comes, or when the gateway stops before.
 *
 * <p>A kind's window begins with its first event and is forgotten when it ends, so what is held is bounded by the number of
 * kinds in one window; beyond {@link Bounds#kinds} all further kinds share the window of {@code others}. Thread-safe, and no
 * thread ever waits.
 *
 * @param <K> what counts as one kind: a value with {@code equals}, few in number and not chosen by a caller
 */
public final class RepeatedLines<K> {
    private final Bounds bounds;
    private final K others;
    private final LineWindows ends;
    private final Summary<K> summary;
    private final ConcurrentMap<K, Window> windows = new ConcurrentHashMap<>();

    /** Writes the line at the end of a window in which lines were left out. */
    @FunctionalInterface
    public interface Summary<K> {
        /**
         * Told on the thread of the window's timer, or on that which stops the gateway.
         *
         * @param more such as "… and 412 more like it in 10 s"
         */
        void write(K kind, String more);
    }

    /**
     * What is written.
     *
     * @param inFull how many lines of one kind are written in full in a window
     * @param window how long one lasts, in whole seconds
     * @param kinds how many kinds have windows of their own at one time
     */
    public record Bounds(int inFull, Duration window, int kinds) {}

    /**
     * Lines of kinds that are written in full at first.
     *
     * @param others stands for all kinds that have no window of their own
     * @param ends ends windows
     * @param summary writes the line at a window's end
     */
    public RepeatedLines(Bounds bounds, K others, LineWindows ends, Summary<K> summary) {
        this.bounds = bounds;
        this.others = others;
        this.ends = ends;
        this.summary = summary;
    }

    /** Counts an event, and says whether its line is to be written in full. */
    public boolean isInFull(K kind) {
        while (true) {
            long number = window(kind).next();
            if (number != Window.ENDED) {
                return number <= bounds.inFull();
            }
        }
    }

    private Window window(K kind) {
        Window open = windows.get(kind);
        if (open != null) {
            return open;
        }
        boolean hasRoom = windows.size() < bounds.kinds() || kind.equals(others);
        return hasRoom ? windows.computeIfAbsent(kind, this::opened) : window(others);
    }

    private Window opened(K kind) {
        var opened = new Window();
        ends.open(bounds.window(), () -> end(kind, opened));
        return opened;
    }

    /** First forgotten, then ended: an event that finds it ended opens the next one. */
    private void end(K kind, Window ended) {
        windows.remove(kind, ended);
        long more = ended.end() - bounds.inFull();
        if (more > 0) {
            summary.write(
                    kind,
                    "… and " + more + " more like it in " + bounds.window().toSeconds() + " s");
        }
    }

    /** The events of one kind, counted until the window ends. */
    private static final class Window {
        static final long ENDED = -1;

        private final AtomicLong events = new AtomicLong();

        /** The number of this event, from 1; {@link #ENDED} if it comes too late. */
        long next() {
            long before = events.getAndUpdate(count -> count == ENDED ? ENDED : count + 1);
            return before == ENDED ? ENDED : before + 1;
        }

        long end() {
            return events.getAndSet(ENDED);
        }
    }
}
