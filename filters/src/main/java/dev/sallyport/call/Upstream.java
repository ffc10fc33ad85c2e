package dev.sallyport.call;

import reactor.core.publisher.Mono;

/**
 * Answers a call. The provider does, and so does every filter that stands in front of it.
 *
 * @param <C> what it takes: a {@link Call} as it came in, or a {@link ReadCall} behind the stage that reads
 */
@FunctionalInterface
public interface Upstream<C> {
    Mono<Reply> send(C call);
}
