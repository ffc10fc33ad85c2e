package dev.sallyport.ratelimit;

import dev.sallyport.call.Call;
import dev.sallyport.call.CredentialKey;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Refuses a call of an address that is over a limit, and says when to come back. Counts whatever becomes of the call; only what
 * another limit refuses to those who hold a project's secret takes nothing here either.
 */
public final class AddressLimitFilter implements Filter<Call> {
    private final List<Limit> limits;
    private final Permits permits;
    private final GoodCredentials good;

    /**
     * For all operations.
     *
     * @param good shared with the limits behind the first door
     */
    public AddressLimitFilter(List<Limit> limits, Permits permits, GoodCredentials good) {
        this.limits = List.copyOf(limits);
        this.permits = permits;
        this.good = good;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        List<Bucket> buckets = new ArrayList<>(limits.size());
        for (Limit limit : limits) {
            buckets.add(new Bucket(limit, call.address()));
        }
        return permits.limited(buckets, call.trail().span(), () -> next.send(call), () -> isProven(call));
    }

    private boolean isProven(Call call) {
        @Nullable String project = call.project();
        if (call.callerName() != null) {
            return true;
        }
        @Nullable String identity = call.identity();
        return project != null && identity != null && good.are(CredentialKey.of(project, identity));
    }

    @Override
    public String toString() {
        return "rateLimit" + limits;
    }
}
