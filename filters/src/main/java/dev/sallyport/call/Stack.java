package dev.sallyport.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Filters around an upstream, named from the outermost inwards; prints itself nested as it runs. */
public final class Stack {
    private final Upstream innermost;
    private final Deque<Filter> filters = new ArrayDeque<>();

    private Stack(Upstream innermost) {
        this.innermost = innermost;
    }

    public static Stack of(Upstream innermost) {
        return new Stack(innermost);
    }

    /** Puts a filter inside those named before. */
    public Stack with(Filter filter) {
        filters.push(filter);
        return this;
    }

    /** Puts a filter in only if there is one: a feature that is off is not in the stack. */
    public Stack with(Optional<? extends Filter> filter) {
        filter.ifPresent(filters::push);
        return this;
    }

    public Upstream build() {
        Upstream built = innermost;
        for (Filter filter : filters) {
            built = new Layer(filter, built);
        }
        return built;
    }

    private record Layer(Filter filter, Upstream next) implements Upstream {
        @Override
        public Mono<Reply> send(Call call) {
            return filter.filter(call, next);
        }

        @Override
        public String toString() {
            return filter + "\n" + next;
        }
    }
}
