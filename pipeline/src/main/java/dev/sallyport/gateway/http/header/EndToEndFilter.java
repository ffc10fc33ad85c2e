package dev.sallyport.gateway.http.header;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Innermost: of a provider's fields, leaves those that may go back to the caller, before a filter adds its own. */
public final class EndToEndFilter implements Filter<ReadCall> {
    private final Set<String> ours;

    /**
     * Takes them off.
     *
     * @param ours names in lower case of fields that only the gateway writes
     */
    public EndToEndFilter(Set<String> ours) {
        this.ours = Set.copyOf(ours);
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return next.send(call).map(this::cleared);
    }

    private Reply cleared(Reply reply) {
        return reply instanceof Answer answer ? answer.withHeaders(EndToEnd.ofProvider(answer.headers(), ours)) : reply;
    }

    @Override
    public String toString() {
        return "endToEnd";
    }
}
