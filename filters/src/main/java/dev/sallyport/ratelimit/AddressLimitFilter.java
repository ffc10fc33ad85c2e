package dev.sallyport.ratelimit;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Rejection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Refuses a call of an address that is over a limit, and says when to come back. Counts whatever becomes of the call. */
public final class AddressLimitFilter implements Filter<Call> {
    private final Permits permits;

    public AddressLimitFilter(Permits permits) {
        this.permits = permits;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        @Nullable Rejection refusal = permits.refusal(call.address());
        return refusal == null ? next.send(call) : Mono.just(new Refusal(refusal));
    }

    @Override
    public String toString() {
        return "rateLimit" + permits;
    }
}
