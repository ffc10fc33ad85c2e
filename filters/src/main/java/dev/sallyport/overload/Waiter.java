package dev.sallyport.overload;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** A call that waits for a permit. Once it is given one, it has to give it back. */
public final class Waiter {
    private static final AtomicReferenceFieldUpdater<Waiter, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Waiter.class, State.class, "state");

    private final Runnable granted;
    private volatile State state = State.NOT_IN_LINE;

    private enum State {
        NOT_IN_LINE,
        WAITING,
        GRANTED,
        GONE
    }

    /**
     * Not in line yet.
     *
     * @param granted told that it has a permit, by the thread that gave one back: must go on on a thread of its own
     */
    public Waiter(Runnable granted) {
        this.granted = granted;
    }

    void granted() {
        granted.run();
    }

    void beginWaiting() {
        state = State.WAITING;
    }

    /** False if it has left. */
    boolean tryGrant() {
        return STATE.compareAndSet(this, State.WAITING, State.GRANTED);
    }

    /** False if it was given a permit, or is not in line. */
    boolean tryLeave() {
        return STATE.compareAndSet(this, State.WAITING, State.GONE);
    }

    boolean isGone() {
        return state == State.GONE;
    }
}
