package dev.sallyport.gateway.provider.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The idle connections of an event loop, and confined to it, but for their number. The one that was used last is taken first, so
 * that those which are not needed grow old.
 */
final class IdleConnections {
    private final PoolLimits limits;
    /** The one that was used last is the last. */
    private final Deque<ProviderConnection> all = new ArrayDeque<>();

    private volatile int count;

    IdleConnections(PoolLimits limits) {
        this.limits = limits;
    }

    /** For any thread. */
    int count() {
        return count;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(ProviderConnection connection, long now) {
        connection.rests(now);
        all.addLast(connection);
        count = all.size();
    }

    /** It was closed, whether it was idle or not. */
    void remove(ProviderConnection connection) {
        all.remove(connection);
        count = all.size();
    }

    /** Takes out the newest one to a target; closes those that are not fit. Null if there is none. */
    @Nullable
    ProviderConnection newest(Target target) {
        long now = System.nanoTime();
        Iterator<ProviderConnection> newestFirst = all.descendingIterator();
        while (newestFirst.hasNext()) {
            ProviderConnection next = newestFirst.next();
            if (next.target().equals(target)) {
                newestFirst.remove();
                count = all.size();
                if (next.isFit(limits, now)) {
                    return next;
                }
                next.close();
            }
        }
        return null;
    }

    /** Closes the oldest one, if there is one. */
    void closeOldest() {
        @Nullable ProviderConnection oldest = all.pollFirst();
        if (oldest != null) {
            count = all.size();
            oldest.close();
        }
    }

    /** Closes those that are not fit any more. */
    void closeUnfit() {
        long now = System.nanoTime();
        Iterator<ProviderConnection> each = all.iterator();
        while (each.hasNext()) {
            ProviderConnection next = each.next();
            if (!next.isFit(limits, now)) {
                each.remove();
                count = all.size();
                next.close();
            }
        }
    }
}
