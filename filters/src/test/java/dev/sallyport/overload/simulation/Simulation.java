package dev.sallyport.overload.simulation;

import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.overload.ConcurrencyLimiter;
import dev.sallyport.overload.LimitWindows;
import dev.sallyport.overload.Waiter;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/** Callers, the limiter as the gateway has it, and a provider, on a clock of their own. */
final class Simulation {
    private static final long SEED = 31;
    private static final double QUEUE = 0.05;
    private static final double DEADLINE = 2;
    private static final double GLANCE = 0.1;

    private final Clock clock = new Clock();
    private final Provider provider = new Provider(clock, new Chance(SEED));
    private final Chance callers = new Chance(SEED + 1);
    private final ConcurrencyLimiter limiter;
    private final DoubleUnaryOperator rate;
    private Tally tally = new Tally();

    /**
     * Begins.
     *
     * @param rate calls a second, by the second
     */
    Simulation(Candidate candidate, DoubleUnaryOperator rate) {
        var windows = new LimitWindows(candidate.rule(), candidate.first(), clock::nanos);
        this.limiter = new ConcurrencyLimiter(windows, (long) (QUEUE * 1e9));
        this.rate = rate;
        next();
        glance();
    }

    /** Something that happens to the provider. */
    void at(double second, Consumer<Provider> what) {
        clock.after(second - clock.now(), () -> what.accept(provider));
    }

    /** Lets time pass, and tells what became of the calls that ended in it. */
    Tally until(double second) {
        tally = new Tally();
        clock.runUntil(second);
        return tally;
    }

    private void glance() {
        double possible = Math.min(rate.applyAsDouble(clock.now()), provider.capacity());
        tally.saw(limiter.limit(), possible * GLANCE);
        clock.after(GLANCE, this::glance);
    }

    private void next() {
        clock.after(callers.gap(rate.applyAsDouble(clock.now())), () -> {
            new Caller(priority(callers.uniform())).call();
            next();
        });
    }

    private static Priority priority(double draw) {
        if (draw < 0.2) {
            return Priority.LOW;
        }
        return draw < 0.8 ? Priority.NORMAL : Priority.HIGH;
    }

    private final class Caller {
        private final Waiter waiter = new Waiter(this::granted);
        private final Priority priority;
        private final double came = clock.now();
        private double sent;
        private boolean over;

        Caller(Priority priority) {
            this.priority = priority;
        }

        void call() {
            tally.offered(priority);
            if (limiter.tryAcquire(priority)) {
                granted();
            } else if (limiter.enqueue(waiter, priority)) {
                clock.after(QUEUE, this::waitedTooLong);
            } else {
                tally.shed(priority);
            }
        }

        private void waitedTooLong() {
            if (limiter.leave(waiter)) {
                tally.shed(priority);
            }
        }

        private void granted() {
            sent = clock.now();
            provider.call(this::answered);
            clock.after(came + DEADLINE - clock.now(), this::late);
        }

        private void answered() {
            if (!over) {
                over = true;
                tally.answered(clock.now() - came, sent - came);
                limiter.release();
                limiter.answered(took());
            }
        }

        private void late() {
            if (!over) {
                over = true;
                tally.late();
                limiter.release();
                limiter.lost(took());
            }
        }

        private long took() {
            return (long) ((clock.now() - sent) * 1e9);
        }
    }
}
