package dev.sallyport.overload;

import dev.sallyport.call.Calls;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.overload.ConcurrencyFilter.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What threads can do to each other between any two steps of the limiter, tried systematically. */
final class InterleavingsTest {
    private static final ReadCall CALL = Calls.unread(Calls.call(""));
    private static final int TRIES = 60;
    private static final long QUEUE = 50_000_000;

    /** Does at once what is due now, and never what is due later. */
    private static final Scheduler NOW = new Scheduler() {
        @Override
        public Disposable schedule(Runnable task) {
            task.run();
            return Disposables.disposed();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return Disposables.single();
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    };

    private static final CoreSubscriber<Reply> IGNORED = new BaseSubscriber<>() {};

    @Test
    void a_permit_that_comes_free_and_a_call_that_gets_in_line_do_not_miss_each_other() {
        Lincheck.runConcurrentTest(TRIES, () -> {
            var limiter = limiter();
            var caller = new Caller(limiter);
            limiter.tryAcquire(Priority.HIGH);

            together(limiter::release, caller::come);

            require(caller.granted.get() == 1, "was not given the free permit");
            require(limiter.inFlight() == 1 && limiter.queued() == 0, "a permit is lost, or there is one too many");
        });
    }

    @Test
    void a_call_that_leaves_either_left_or_has_the_permit() {
        Lincheck.runConcurrentTest(TRIES, () -> {
            var limiter = limiter();
            var caller = new Caller(limiter);
            limiter.tryAcquire(Priority.HIGH);
            caller.come();

            together(limiter::release, caller::goAway);

            require(caller.granted.get() + caller.left.get() == 1, "neither, or both");
            require(limiter.inFlight() == caller.granted.get(), "a permit is lost, or there is one too many");
            require(limiter.queued() == 0, "still in line");
        });
    }

    @Test
    void two_that_want_the_last_permit_do_not_both_get_it() {
        Lincheck.runConcurrentTest(TRIES, () -> {
            var limiter = limiter();
            var one = new Caller(limiter);
            var other = new Caller(limiter);

            together(one::come, other::come);

            require(one.granted.get() + other.granted.get() == 1, "not one of them");
            require(limiter.inFlight() == 1 && limiter.queued() == 1, "a permit is lost, or there is one too many");
        });
    }

    @Test
    void a_permit_given_back_while_one_leaves_and_one_waits_goes_to_the_one_that_waits() {
        Lincheck.runConcurrentTest(TRIES, () -> {
            var limiter = limiter(3);
            var leaves = new Caller(limiter);
            var waits = new Caller(limiter);
            List.of(1, 2, 3).forEach(permit -> limiter.tryAcquire(Priority.HIGH));
            leaves.come();
            waits.come();

            together(limiter::release, leaves::goAway);

            require(leaves.granted.get() + waits.granted.get() == 1, "not one of them");
            require(limiter.inFlight() == 3, "a permit is lost, or there is one too many");
            require(limiter.queued() == 1 - leaves.left.get(), "who waits is not told rightly");
        });
    }

    @Test
    void a_call_that_is_cancelled_while_it_is_given_a_permit_keeps_none() {
        Lincheck.runConcurrentTest(TRIES, () -> {
            var limiter = limiter(1);
            var asked = new AtomicInteger();
            limiter.tryAcquire(Priority.HIGH);
            var terms =
                    new Terms(limiter, ConcurrencyMode.ENFORCE, (priority, cause, refused) -> {}, () -> NOW, () -> 0);
            var waits = new Passage(
                    Mono.<Reply>never().doOnSubscribe(ignored -> asked.incrementAndGet()),
                    terms,
                    Priority.HIGH,
                    CALL,
                    IGNORED);

            together(limiter::release, () -> {
                waits.request(1);
                waits.cancel();
            });

            require(limiter.inFlight() == 0 && limiter.queued() == 0, "a permit is lost, or still in line");
        });
    }

    private static ConcurrencyLimiter limiter() {
        return limiter(1);
    }

    private static ConcurrencyLimiter limiter(int limit) {
        return new ConcurrencyLimiter(new LimitWindows((before, window) -> before, limit, () -> 0), QUEUE);
    }

    private static void together(Runnable one, Runnable other) {
        List<Thread> threads = new ArrayList<>();
        threads.add(new Thread(one));
        threads.add(new Thread(other));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static final class Caller {
        private final Waiter waiter = new Waiter(this::granted);
        private final AtomicInteger granted = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
        private final ConcurrencyLimiter limiter;

        Caller(ConcurrencyLimiter limiter) {
            this.limiter = limiter;
        }

        void come() {
            if (limiter.tryAcquire(Priority.HIGH)) {
                granted.incrementAndGet();
            } else {
                limiter.enqueue(waiter, Priority.HIGH);
            }
        }

        void goAway() {
            if (limiter.leave(waiter)) {
                left.incrementAndGet();
            }
        }

        private void granted() {
            granted.incrementAndGet();
        }
    }
}
