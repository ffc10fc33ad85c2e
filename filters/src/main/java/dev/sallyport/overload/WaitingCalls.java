package dev.sallyport.overload;

import dev.sallyport.config.concurrency.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** Calls that wait, by priority, those that came first in front. Its lock is held for a few steps, and for no call's work. */
final class WaitingCalls {
    private static final List<Priority> HIGHEST_FIRST = List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    private final Map<Priority, Deque<Waiter>> lines = new EnumMap<>(Priority.class);
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicIntegerArray byRank = new AtomicIntegerArray(HIGHEST_FIRST.size());

    WaitingCalls() {
        HIGHEST_FIRST.forEach(priority -> lines.put(priority, new ArrayDeque<>()));
    }

    /** How many wait now. */
    int number() {
        return number.get();
    }

    /** How many are served before one of this priority that comes now. */
    int before(Priority priority) {
        int before = 0;
        for (int rank = priority.rank(); rank < byRank.length(); rank++) {
            before += byRank.get(rank);
        }
        return before;
    }

    synchronized void add(Waiter waiter, Priority priority) {
        Deque<Waiter> line = line(priority);
        dropGone(line);
        waiter.beginWaiting(priority);
        line.addLast(waiter);
        byRank.getAndIncrement(priority.rank());
        number.getAndIncrement();
    }

    /** False if the call was given a permit in the meantime, or is not in line. */
    boolean leave(Waiter waiter) {
        boolean left = waiter.tryLeave();
        if (left) {
            noLongerWaits(waiter.priority());
        }
        return left;
    }

    /** Takes the first of the highest priority out; null if no call waits. */
    synchronized @Nullable Waiter next() {
        for (Priority priority : HIGHEST_FIRST) {
            Deque<Waiter> line = line(priority);
            while (!line.isEmpty()) {
                Waiter first = line.removeFirst();
                if (first.tryGrant()) {
                    noLongerWaits(priority);
                    return first;
                }
            }
        }
        return null;
    }

    private void noLongerWaits(Priority priority) {
        byRank.getAndDecrement(priority.rank());
        number.getAndDecrement();
    }

    private Deque<Waiter> line(Priority priority) {
        return Objects.requireNonNull(lines.get(priority));
    }

    /** Those that left are in front, since all wait for as long. */
    private static void dropGone(Deque<Waiter> line) {
        while (!line.isEmpty() && line.getFirst().isGone()) {
            line.removeFirst();
        }
    }
}
