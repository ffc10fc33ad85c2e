package dev.sallyport.overload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Calls that wait, those that came first in front. Its lock is held for a few steps, and for no call's work. */
final class WaitingCalls {
    private final Deque<Waiter> line = new ArrayDeque<>();
    private final AtomicInteger number = new AtomicInteger();

    /** How many wait now. */
    int number() {
        return number.get();
    }

    synchronized void add(Waiter waiter) {
        dropGone();
        waiter.beginWaiting();
        line.addLast(waiter);
        number.getAndIncrement();
    }

    /** False if the call was given a permit in the meantime, or is not in line. */
    boolean leave(Waiter waiter) {
        boolean left = waiter.tryLeave();
        if (left) {
            number.getAndDecrement();
        }
        return left;
    }

    /** Takes the first out; null if no call waits. */
    synchronized @Nullable Waiter next() {
        while (!line.isEmpty()) {
            Waiter first = line.removeFirst();
            if (first.tryGrant()) {
                number.getAndDecrement();
                return first;
            }
        }
        return null;
    }

    /** Those that left are in front, since all wait for as long. */
    private void dropGone() {
        while (!line.isEmpty() && line.getFirst().isGone()) {
            line.removeFirst();
        }
    }
}
