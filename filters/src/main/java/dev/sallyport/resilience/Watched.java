package dev.sallyport.resilience;

import dev.sallyport.call.Reply;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * A reply that is told of on its way: what it is, that there is none because of a bug, or that it is no longer wanted. One of
 * the three, once, however these cross.
 */
final class Watched extends Mono<Reply> {
    private final Mono<Reply> source;
    private final Outcome outcome;

    /** Hears what became of a reply. */
    interface Outcome {
        /** It is there. */
        void replied(Reply reply);

        /** It is given up: by its caller, or because its time is over. */
        void givenUp();

        /** There is none: a bug. */
        void failed();
    }

    Watched(Mono<Reply> source, Outcome outcome) {
        this.source = source;
        this.outcome = outcome;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Reply> actual) {
        source.subscribe(new Watch(actual, outcome));
    }

    private static final class Watch extends AtomicBoolean implements CoreSubscriber<Reply>, Subscription {
        private static final long serialVersionUID = 1L;

        private final transient CoreSubscriber<? super Reply> actual;
        private final transient Outcome outcome;
        private transient Subscription source = NONE;

        private static final Subscription NONE = new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        };

        Watch(CoreSubscriber<? super Reply> actual, Outcome outcome) {
            this.actual = actual;
            this.outcome = outcome;
        }

        private boolean isFirst() {
            return compareAndSet(false, true);
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(Reply reply) {
            if (isFirst()) {
                outcome.replied(reply);
            }
            actual.onNext(reply);
        }

        @Override
        public void onError(Throwable bug) {
            if (isFirst()) {
                outcome.failed();
            }
            actual.onError(bug);
        }

        @Override
        public void onComplete() {
            if (isFirst()) {
                outcome.failed();
            }
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            source.request(n);
        }

        @Override
        public void cancel() {
            if (isFirst()) {
                outcome.givenUp();
            }
            source.cancel();
        }
    }
}
