package dev.sallyport.call;

import reactor.core.publisher.Mono;

/** Answers a call. The provider does, and so does every filter that stands in front of it. */
@FunctionalInterface
public interface Upstream {
    /** Sends the call and gives its one reply; subscribed once, on an event loop, so nothing here may block. */
    Mono<Reply> send(Call call);
}
