package dev.sallyport.call;

import reactor.core.publisher.Mono;

/**
 * One step between a caller and the provider, which may hand on something else than it was given.
 *
 * @param <C> what it is given
 * @param <D> what it hands on
 */
@FunctionalInterface
public interface Stage<C, D> {
    Mono<Reply> filter(C call, Upstream<D> next);

    /** This step in front of what comes next. */
    default Upstream<C> around(Upstream<D> next) {
        return call -> filter(call, next);
    }
}
