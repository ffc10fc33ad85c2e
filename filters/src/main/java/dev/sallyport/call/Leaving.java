package dev.sallyport.call;

import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.Empty;

/** Whether the caller of some work has left, and when it does, for work that goes on all the same. */
public final class Leaving {
    private final Empty<Void> left = Sinks.empty();
    private volatile boolean happened;

    private Leaving() {}

    /** Work that goes on although its caller leaves, for as long as it takes or gives itself; its reply is dropped then. */
    public static Mono<Reply> outlivedBy(Function<Leaving, Mono<Reply>> work) {
        return Mono.create(caller -> {
            var leaving = new Leaving();
            caller.onCancel(leaving::happens);
            work.apply(leaving)
                    .contextWrite(caller.contextView())
                    .subscribe(caller::success, caller::error, caller::success);
        });
    }

    private void happens() {
        happened = true;
        left.tryEmitEmpty();
    }

    /** Whether the caller has left. */
    public boolean hasHappened() {
        return happened;
    }

    /** Ends when the caller leaves, on the thread that saw it. */
    public Mono<Void> when() {
        return left.asMono();
    }
}
