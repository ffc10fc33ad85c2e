package dev.sallyport.call;

import reactor.core.publisher.Mono;

/** One step around a call: it may refuse it, change it, send it on, and look at what comes back. */
@FunctionalInterface
public interface Filter {
    Mono<Reply> filter(Call call, Upstream next);

    /** This filter in front of an upstream, as an upstream. */
    default Upstream around(Upstream next) {
        return call -> filter(call, next);
    }
}
