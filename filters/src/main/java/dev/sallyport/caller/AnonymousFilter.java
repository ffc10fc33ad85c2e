package dev.sallyport.caller;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Takes the caller's credentials off calls for public keys, which SDKs fetch without any: what proves a caller here is none of the
 * provider's business.
 */
final class AnonymousFilter implements Filter<Call> {
    private static final Set<String> CREDENTIALS = Set.of("authorization");

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        return next.send(call.withHeaders(Headers.replaced(call.headers(), CREDENTIALS, Map.of())));
    }

    @Override
    public String toString() {
        return "anonymous";
    }
}
