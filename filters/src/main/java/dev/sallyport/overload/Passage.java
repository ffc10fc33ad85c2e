package dev.sallyport.overload;

import dev.sallyport.call.Phase;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.overload.ConcurrencyFilter.Terms;
import dev.sallyport.overload.OverloadEvents.Cause;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One call on its way through the limit. Its step says what it holds, and the thread that moves it on does what is to be done: so a permit
 * is given back once, whether the reply, the caller's leaving or the end of the wait comes first.
 */
final class Passage implements CoreSubscriber<Reply>, Subscription {
    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private static final AtomicReferenceFieldUpdater<Passage, Step> STEP =
            AtomicReferenceFieldUpdater.newUpdater(Passage.class, Step.class, "step");

    private static final AtomicReferenceFieldUpdater<Passage, Subscription> UPSTREAM =
            AtomicReferenceFieldUpdater.newUpdater(Passage.class, Subscription.class, "upstream");

    private final Mono<Reply> reply;
    private final Terms terms;
    private final Priority priority;
    private final ReadCall call;
    private final CoreSubscriber<? super Reply> caller;

    private volatile Step step = Step.NEW;

    @SuppressWarnings("UnusedVariable") // read through its updater
    private volatile @Nullable Subscription upstream;

    private volatile @Nullable Waiter waiter;
    private volatile @Nullable Disposable timer;
    private long began;

    private enum Step {
        NEW,
        WAITING,
        /** With a permit. */
        ADMITTED,
        /** Without one, because calls that are too many are only reported. */
        COUNTED,
        OVER
    }

    /** @param call whose deadline a wait in line is cut to */
    Passage(Mono<Reply> reply, Terms terms, Priority priority, ReadCall call, CoreSubscriber<? super Reply> caller) {
        this.reply = reply;
        this.terms = terms;
        this.priority = priority;
        this.call = call;
        this.caller = caller;
    }

    @Override
    public void request(long number) {
        if (step == Step.NEW && STEP.compareAndSet(this, Step.NEW, Step.WAITING)) {
            if (terms.limiter().tryAcquire(priority)) {
                goOn(Step.ADMITTED);
            } else if (terms.mode() == ConcurrencyMode.REPORT) {
                terms.events().shed(priority, Cause.LIMIT, false);
                goOn(Step.COUNTED);
            } else {
                getInLine();
            }
        }
    }

    private void getInLine() {
        call.phases().enter(Phase.QUEUE);
        Scheduler loop = terms.loop().get();
        var inLine = new Waiter(() -> granted(loop));
        waiter = inLine;
        if (!terms.limiter().enqueue(inLine, priority)) {
            refuse(Cause.LIMIT);
        } else {
            long longest = call.deadline()
                    .cut(terms.limiter().longestWait(), terms.clock().getAsLong());
            timer = loop.schedule(() -> waitedTooLong(inLine), longest, TimeUnit.NANOSECONDS);
            if (step != Step.WAITING) {
                leaveTheLine();
            }
        }
    }

    /** The timer may be set, or the line entered, only after this: then the step is looked at again. */
    private void leaveTheLine() {
        @Nullable Waiter inLine = waiter;
        if (inLine != null) {
            terms.limiter().leave(inLine);
        }
        stopTimer();
    }

    /** A loop that takes no more work is stopping, and its connections with it. */
    private void granted(Scheduler loop) {
        try {
            loop.schedule(this::admitted);
        } catch (RejectedExecutionException stopping) {
            terms.limiter().release();
        }
    }

    private void admitted() {
        stopTimer();
        call.phases().enter(Phase.FIRST_DOOR);
        goOn(Step.ADMITTED);
    }

    private void waitedTooLong(Waiter inLine) {
        if (terms.limiter().leave(inLine)) {
            boolean hadTime = !call.deadline().isCutShort(terms.clock().getAsLong());
            refuse(hadTime ? Cause.WAIT : null);
        }
    }

    private void stopTimer() {
        @Nullable Disposable set = timer;
        if (set != null) {
            set.dispose();
        }
    }

    private void goOn(Step as) {
        began = terms.clock().getAsLong();
        if (STEP.compareAndSet(this, Step.WAITING, as)) {
            reply.subscribe(this);
        } else if (as == Step.ADMITTED) {
            terms.limiter().release();
        }
    }

    /** @param cause null if the caller left no time to wait, which sheds nothing */
    private void refuse(@Nullable Cause cause) {
        if (STEP.compareAndSet(this, Step.WAITING, Step.OVER)) {
            if (cause != null) {
                terms.events().shed(priority, cause, true);
            }
            caller.onNext(new Refusal(Rejection.retryLater(
                    Reason.OVERLOADED,
                    "The provider has as many calls as it can work on. The call was not made; try again in a second.",
                    COME_BACK)));
            caller.onComplete();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.setOnce(UPSTREAM, this, subscription)) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(Reply came) {
        Step was = end();
        if (was == Step.OVER) {
            Operators.onNextDropped(came, currentContext());
            return;
        }
        measure(came);
        caller.onNext(came);
        caller.onComplete();
    }

    @Override
    public void onError(Throwable bug) {
        if (end() == Step.OVER) {
            Operators.onErrorDropped(bug, currentContext());
        } else {
            caller.onError(bug);
        }
    }

    @Override
    public void onComplete() {
        if (end() != Step.OVER) {
            caller.onComplete();
        }
    }

    @Override
    public void cancel() {
        switch (end()) {
            case WAITING -> leaveTheLine();
            case ADMITTED, COUNTED -> {
                Operators.terminate(UPSTREAM, this);
                lost(inVain());
            }
            case NEW, OVER -> {}
        }
    }

    /** Gives the permit back if there is one. */
    private Step end() {
        Step was = STEP.getAndSet(this, Step.OVER);
        if (was == Step.ADMITTED) {
            terms.limiter().release();
        }
        return was;
    }

    /** What never left says nothing of the provider; nor do 429s, which are about a caller's calls and not about all. */
    private void measure(Reply came) {
        if (came instanceof Answer answer) {
            if (answer.status() >= SERVER_ERROR) {
                lost(0);
            } else if (answer.status() != TOO_MANY_REQUESTS) {
                terms.limiter().answered(took());
            }
        } else if (came.timing().sent() != 0) {
            lost(0);
        }
    }

    /**
     * From when on a caller who leaves has waited in vain, in nanoseconds: twice the usual time, or a second as long as that is not
     * known. One who leaves earlier says nothing of the provider, however many do.
     */
    private double inVain() {
        double usual = terms.limiter().latency();
        return usual == 0 ? SECOND : 2 * usual;
    }

    /** @param late nanoseconds from which on it counts */
    private void lost(double late) {
        long took = took();
        if (took > late) {
            terms.limiter().lost(took);
        }
    }

    private long took() {
        return terms.clock().getAsLong() - began;
    }

    @Override
    public Context currentContext() {
        return caller.currentContext();
    }
}
