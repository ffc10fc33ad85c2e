package dev.sallyport.relay;

import dev.sallyport.call.Reply;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One reply on its way to its caller. It is asked for once the caller asks, and ends once, by what comes first, from whichever
 * thread: a reply, that there is none, the caller's leaving, or an end of the subclass's own. What comes later comes to nothing.
 */
public abstract class Relay implements CoreSubscriber<Reply>, Subscription {
    private static final int NEW = 0;
    private static final int ASKED = 1;
    private static final int OVER = 2;

    private static final AtomicIntegerFieldUpdater<Relay> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Relay.class, "state");

    private static final AtomicReferenceFieldUpdater<Relay, Subscription> SOURCE =
            AtomicReferenceFieldUpdater.newUpdater(Relay.class, Subscription.class, "source");

    private final CoreSubscriber<? super Reply> caller;
    private volatile int state = NEW;

    @SuppressWarnings("UnusedVariable") // read through its updater
    private volatile @Nullable Subscription source;

    protected Relay(CoreSubscriber<? super Reply> caller) {
        this.caller = caller;
    }

    /** A reply that goes through a relay of its own each time that it is subscribed to. */
    public static Mono<Reply> through(Function<CoreSubscriber<? super Reply>, Relay> relays) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Reply> caller) {
                caller.onSubscribe(relays.apply(caller));
            }
        };
    }

    /** The caller waits: what gives the reply is to be subscribed to, with this. */
    protected abstract void begin();

    /** What is told of the reply that is there. */
    protected abstract Reply replied(Reply reply);

    /** There is none: what is told in its place; null to tell why. */
    protected abstract @Nullable Reply failed(Throwable bug);

    /** The caller does not wait any more; what it waited for is cancelled next. */
    protected abstract void left();

    /** Tells the caller, when this is over. */
    protected final void tell(Reply reply) {
        caller.onNext(reply);
        caller.onComplete();
    }

    /** Ends it, if nothing has so far; only then something is to be told. */
    protected final boolean end() {
        return STATE.getAndSet(this, OVER) != OVER;
    }

    /** Whether something ended it. */
    protected final boolean isOver() {
        return state == OVER;
    }

    /** Gives up what gives the reply, now or as soon as it has begun. */
    protected final void cancelSource() {
        Operators.terminate(SOURCE, this);
    }

    @Override
    public final void request(long number) {
        if (STATE.compareAndSet(this, NEW, ASKED)) {
            begin();
        }
    }

    @Override
    public final void cancel() {
        if (end()) {
            left();
            cancelSource();
        }
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        if (Operators.setOnce(SOURCE, this, subscription)) {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    @SuppressWarnings("IllegalCatch") // whatever it is, the caller hears of it
    public final void onNext(Reply reply) {
        if (!end()) {
            Operators.onNextDropped(reply, currentContext());
            return;
        }
        Reply told;
        try {
            told = replied(reply);
        } catch (Throwable bug) {
            tellFailure(bug);
            return;
        }
        tell(told);
    }

    @Override
    public final void onError(Throwable bug) {
        if (end()) {
            tellFailure(bug);
        } else {
            Operators.onErrorDropped(bug, currentContext());
        }
    }

    @Override
    public final void onComplete() {
        if (end()) {
            tellFailure(new IllegalStateException("an upstream gave no reply"));
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever it is, the caller hears of it
    private void tellFailure(Throwable bug) {
        @Nullable Reply instead;
        try {
            instead = failed(bug);
        } catch (Throwable another) {
            caller.onError(another);
            return;
        }
        if (instead == null) {
            caller.onError(bug);
        } else {
            tell(instead);
        }
    }

    @Override
    public final Context currentContext() {
        return caller.currentContext();
    }
}
