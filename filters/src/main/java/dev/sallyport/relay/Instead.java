package dev.sallyport.relay;

import dev.sallyport.call.Reply;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A reply that is looked at on its way and goes on as it is, as nearly all do, or something else in its place, which may take its time.
 * {@code flatMap} of the same asks of the types of what it is given in several ways, and makes for each reply what only the others
 * need.
 */
public final class Instead extends Mono<Reply> {
    private final Mono<Reply> source;
    private final Function<Reply, @Nullable Mono<Reply>> look;

    private Instead(Mono<Reply> source, Function<Reply, @Nullable Mono<Reply>> look) {
        this.source = source;
        this.look = look;
    }

    /**
     * A reply, or another.
     *
     * @param look gives what is told in place of a reply; null for the reply itself
     */
    public static Mono<Reply> of(Mono<Reply> source, Function<Reply, @Nullable Mono<Reply>> look) {
        return new Instead(source, look);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Reply> caller) {
        source.subscribe(new First(caller, look));
    }

    private static final class First implements CoreSubscriber<Reply>, Subscription {
        private static final AtomicReferenceFieldUpdater<First, Subscription> OTHER =
                AtomicReferenceFieldUpdater.newUpdater(First.class, Subscription.class, "other");

        private final CoreSubscriber<? super Reply> caller;
        private final Function<Reply, @Nullable Mono<Reply>> look;
        private Subscription source = Operators.emptySubscription();
        private boolean isThere;

        @SuppressWarnings("UnusedVariable") // read through its updater
        private volatile @Nullable Subscription other;

        First(CoreSubscriber<? super Reply> caller, Function<Reply, @Nullable Mono<Reply>> look) {
            this.caller = caller;
            this.look = look;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            caller.onSubscribe(this);
        }

        @Override
        @SuppressWarnings("IllegalCatch") // whatever it is, the caller hears of it
        public void onNext(Reply reply) {
            if (isThere) {
                Operators.onNextDropped(reply, currentContext());
                return;
            }
            isThere = true;
            @Nullable Mono<Reply> instead;
            try {
                instead = look.apply(reply);
            } catch (Throwable bug) {
                source.cancel();
                caller.onError(bug);
                return;
            }
            if (instead == null) {
                caller.onNext(reply);
                caller.onComplete();
            } else {
                instead.subscribe(new Second(caller, this));
            }
        }

        @Override
        public void onError(Throwable bug) {
            if (isThere) {
                Operators.onErrorDropped(bug, currentContext());
            } else {
                caller.onError(bug);
            }
        }

        @Override
        public void onComplete() {
            if (!isThere) {
                caller.onComplete();
            }
        }

        @Override
        public void request(long number) {
            source.request(number);
        }

        @Override
        public void cancel() {
            source.cancel();
            Operators.terminate(OTHER, this);
        }

        @Override
        public Context currentContext() {
            return caller.currentContext();
        }
    }

    /** Hears of what is told in place of a reply. */
    private record Second(CoreSubscriber<? super Reply> caller, First first) implements CoreSubscriber<Reply> {
        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.setOnce(First.OTHER, first, subscription)) {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(Reply reply) {
            caller.onNext(reply);
        }

        @Override
        public void onError(Throwable bug) {
            caller.onError(bug);
        }

        @Override
        public void onComplete() {
            caller.onComplete();
        }

        @Override
        public Context currentContext() {
            return caller.currentContext();
        }
    }
}
