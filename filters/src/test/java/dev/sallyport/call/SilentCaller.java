package dev.sallyport.call;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** A caller that asks for nothing by itself, and does nothing with what it hears: no step of its own is between those of others. */
public class SilentCaller implements CoreSubscriber<Reply> {
    @Override
    public void onSubscribe(Subscription subscription) {}

    @Override
    public void onNext(Reply ignored) {}

    @Override
    public void onError(Throwable ignored) {}

    @Override
    public void onComplete() {}
}
