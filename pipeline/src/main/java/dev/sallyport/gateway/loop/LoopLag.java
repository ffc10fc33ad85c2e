package dev.sallyport.gateway.loop;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far event loops are behind: on each, a probe on the loop's own timer notes ten times a second how late it is. What counts is
 * the least of its last three notes, since one late turn is a pause of the collector, and not a loop that has too much to do.
 */
public final class LoopLag {
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final FastThreadLocal<Probe> OF_LOOP = new FastThreadLocal<>();

    private final List<Probe> probes = new ArrayList<>();

    /** Of these loops, until they stop. */
    public LoopLag(Iterable<EventExecutor> loops) {
        loops.forEach(loop -> {
            var probe = new Probe(loop, System::nanoTime);
            probes.add(probe);
            loop.execute(probe::begin);
        });
    }

    /** Of the current thread's loop, in nanoseconds; 0 on another thread. */
    public static long here() {
        return OF_LOOP.isSet() ? OF_LOOP.get().lag() : 0;
    }

    /** Of the loop that is furthest behind, in nanoseconds, the turn that it is in included. */
    public long worst() {
        return probes.stream().mapToLong(Probe::lagNow).max().orElse(0);
    }

    /** Notes how late it is. Its loop writes, others read. */
    private static final class Probe implements Runnable {
        private final EventExecutor loop;
        private final LongSupplier clock;
        private final long[] notes = new long[3];
        private int next;
        private volatile long due;
        private volatile long lag;

        Probe(EventExecutor loop, LongSupplier clock) {
            this.loop = loop;
            this.clock = clock;
            this.due = clock.getAsLong();
        }

        void begin() {
            OF_LOOP.set(this);
            run();
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it fails only if the loop stops
        public void run() {
            long now = clock.getAsLong();
            notes[next] = Math.max(0, now - due);
            next = (next + 1) % notes.length;
            lag = Math.min(notes[0], Math.min(notes[1], notes[2]));
            due = now + INTERVAL;
            if (!loop.isShuttingDown()) {
                loop.schedule(this, INTERVAL, TimeUnit.NANOSECONDS);
            }
        }

        long lag() {
            return lag;
        }

        long lagNow() {
            return Math.max(lag, clock.getAsLong() - due);
        }
    }
}
