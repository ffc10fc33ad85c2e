package dev.sallyport.call;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a call spends in each phase. Every moment between its beginning and its end is counted to exactly one, so the sum is
 * the total. What comes after the end, as from an attempt that was given up, is not counted. Thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // the index into an array that nothing else sees
public final class PhaseClock {
    /** Of a call whose time nothing asks for. */
    public static final PhaseClock OFF = new PhaseClock(() -> 0, 0, null);

    private final LongSupplier clock;
    private final long start;
    private final long @Nullable [] spent;
    private Phase phase = Phase.READ;
    private long since;
    private boolean ended;

    private PhaseClock(LongSupplier clock, long start, long @Nullable [] spent) {
        this.clock = clock;
        this.start = start;
        this.since = start;
        this.spent = spent;
    }

    /**
     * Of a call that is being read.
     *
     * @param clock in nanoseconds
     * @param start when its head came, by that clock
     */
    public static PhaseClock started(LongSupplier clock, long start) {
        return new PhaseClock(clock, start, new long[Phase.ALL.size()]);
    }

    /** Whether anything is counted. */
    public boolean isOn() {
        return spent != null;
    }

    /** What comes now belongs to another phase, or to the same one again. */
    public void enter(Phase next) {
        long[] counted = spent;
        if (counted != null) {
            turn(counted, next);
        }
    }

    private synchronized void turn(long[] counted, Phase next) {
        if (!ended) {
            long now = clock.getAsLong();
            counted[phase.ordinal()] += now - since;
            phase = next;
            since = now;
        }
    }

    /** The call is over. */
    public void end() {
        long[] counted = spent;
        if (counted != null) {
            end(counted);
        }
    }

    private synchronized void end(long[] counted) {
        turn(counted, phase);
        ended = true;
    }

    /** From the beginning to the latest change of phase, or to the end; 0 if nothing is counted. */
    public synchronized long total() {
        return since - start;
    }

    /** What was counted of a phase up to the latest change of phase, or to the end, in nanoseconds. */
    public synchronized long nanos(Phase of) {
        return spent == null ? 0 : spent[of.ordinal()];
    }

    @Override
    public String toString() {
        return isOn() ? "phases of a call" : "off";
    }
}
