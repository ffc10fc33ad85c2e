package dev.sallyport.gateway.log;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps lines of one kind from filling the log: of each kind so many in a window are written in full, further ones are counted
 * and told in one line when the window ends, whether or not another event comes.
 *
 * <p>A kind's window begins with its first event and is forgotten when it ends, so what is held is bounded by the number of
 * kinds in one window; beyond {@code mostKinds} all further kinds share the window of {@code others}. Thread-safe, and no
 * thread ever waits.
 *
 * @param <K> what counts as one kind: a value with {@code equals}, few in number and not chosen by a caller
 */
public final class RepeatedLines<K> {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedLines.class);

    private final int inFull;
    private final Duration window;
    private final int mostKinds;
    private final K others;
    private final Scheduler scheduler;
    private final Summary<K> summary;
    private final ConcurrentMap<K, Window> windows = new ConcurrentHashMap<>();

    /** Writes the line at the end of a window in which lines were left out. */
    @FunctionalInterface
    public interface Summary<K> {
        /**
         * Told on the scheduler's thread.
         *
         * @param more such as "… and 412 more like it in 10 s"
         */
        void write(K kind, String more);
    }

    /**
     * Lines of kinds that are written in full at first.
     *
     * @param inFull how many of one kind are written in full in a window
     * @param window how long a window lasts, in whole seconds
     * @param mostKinds how many kinds have windows of their own at one time
     * @param others stands for all kinds beyond those
     * @param scheduler ends windows, and is the clock
     * @param summary writes the line at a window's end
     */
    public RepeatedLines(
            int inFull, Duration window, int mostKinds, K others, Scheduler scheduler, Summary<K> summary) {
        this.inFull = inFull;
        this.window = window;
        this.mostKinds = mostKinds;
        this.others = others;
        this.scheduler = scheduler;
        this.summary = summary;
    }

    /** Counts an event, and says whether its line is to be written in full. */
    public boolean isInFull(K kind) {
        while (true) {
            long number = window(kind).next();
            if (number != Window.ENDED) {
                return number <= inFull;
            }
        }
    }

    private Window window(K kind) {
        Window open = windows.get(kind);
        if (open != null) {
            return open;
        }
        boolean hasRoom = windows.size() < mostKinds || kind.equals(others);
        return hasRoom ? windows.computeIfAbsent(kind, this::opened) : window(others);
    }

    private Window opened(K kind) {
        var opened = new Window();
        try {
            scheduler.schedule(() -> end(kind, opened), window.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("The process ends: lines that were left out are not summed up any more", shutDown);
        }
        return opened;
    }

    /** First forgotten, then ended: an event that finds it ended opens the next one. */
    private void end(K kind, Window ended) {
        windows.remove(kind, ended);
        long more = ended.end() - inFull;
        if (more > 0) {
            summary.write(kind, "… and " + more + " more like it in " + window.toSeconds() + " s");
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
