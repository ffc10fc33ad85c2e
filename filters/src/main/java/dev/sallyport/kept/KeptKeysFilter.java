package dev.sallyport.kept;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.kept.KeptEvents.Kept;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Answers those who fetch a project's session keys with the keys that the gateway keeps, whatever they say of caches: it is the
 * gateway that sees to it that its keys are current. Of a project that it keeps no keys of, the provider is asked.
 */
public final class KeptKeysFilter implements Filter<ReadCall> {
    private final Function<String, @Nullable KeptReply> keys;
    private final KeptEvents events;

    /**
     * For one operation.
     *
     * @param keys by project; null for one that none are kept of. Never blocks
     */
    public KeptKeysFilter(Function<String, @Nullable KeptReply> keys, KeptEvents events) {
        this.keys = keys;
        this.events = events;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable String project = call.project();
        @Nullable KeptReply kept = project == null ? null : keys.apply(project);
        if (kept == null) {
            events.kept(call.operation(), Kept.NONE);
            return next.send(call);
        }
        events.kept(call.operation(), kept.isFresh() ? Kept.FRESH : Kept.STALE);
        return Mono.just(kept.given());
    }

    @Override
    public String toString() {
        return "keptKeys";
    }
}
