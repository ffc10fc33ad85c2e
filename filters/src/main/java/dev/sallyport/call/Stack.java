package dev.sallyport.call;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Steps around an upstream, named from the outermost inwards; what they make prints itself nested as it runs.
 *
 * @param <C> what the next step is given
 */
public final class Stack<C> {
    private final Function<Upstream<C>, Upstream<Call>> outer;

    private Stack(Function<Upstream<C>, Upstream<Call>> outer) {
        this.outer = outer;
    }

    /** No step yet. */
    public static Stack<Call> empty() {
        return new Stack<>(UnaryOperator.identity());
    }

    /** Puts a step inside those named before. */
    public <D> Stack<D> with(Stage<C, D> stage) {
        return new Stack<>(next -> outer.apply(new Layer<>(stage, next)));
    }

    /** Puts a filter in only if there is one: a feature that is off is not in the stack. */
    public Stack<C> with(Optional<? extends Filter<C>> filter) {
        return filter.isPresent() ? with(filter.get()) : this;
    }

    /** All of them around what answers in the end. */
    public Upstream<Call> around(Upstream<C> innermost) {
        return outer.apply(innermost);
    }

    private record Layer<C, D>(Stage<C, D> stage, Upstream<D> next) implements Upstream<C> {
        @Override
        public Mono<Reply> send(C call) {
            return stage.filter(call, next);
        }

        @Override
        public String toString() {
            return stage + "\n" + next;
        }
    }
}
