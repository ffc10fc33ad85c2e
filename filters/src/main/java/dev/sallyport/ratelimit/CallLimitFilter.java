package dev.sallyport.ratelimit;

import dev.sallyport.call.CredentialKey;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Refuses a call that is over a limit by project, operation, header or field, and says when to come back. A project's permits are
 * for those who hold its secret. Which do, only the provider can say: until it answered credentials with a success, their calls
 * take permits of the address that they come from. So a project's permits cannot be used up by its name alone.
 */
public final class CallLimitFilter implements Filter<ReadCall> {
    private final CallBuckets buckets;
    private final Permits permits;
    private final GoodCredentials good;
    private final boolean needsSecret;

    /**
     * For one operation.
     *
     * @param good shared by all operations
     * @param needsSecret whether the provider looks at the credentials of its calls; keys, which are public, prove nothing
     */
    CallLimitFilter(CallBuckets buckets, Permits permits, GoodCredentials good, boolean needsSecret) {
        this.buckets = buckets;
        this.permits = permits;
        this.good = good;
        this.needsSecret = needsSecret;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable String project = call.project();
        @Nullable String authorization = call.headers().first("authorization");
        if (!needsSecret || project == null || authorization == null) {
            return limited(call, null, next);
        }
        CredentialKey credentials = CredentialKey.of(project, authorization);
        boolean known = good.are(credentials);
        return limited(call, known ? project : null, next)
                .map(reply -> learned(reply, call, project, credentials, known));
    }

    private Mono<Reply> limited(ReadCall call, @Nullable String project, Upstream<ReadCall> next) {
        return permits.limited(buckets.of(call, project), () -> next.send(call), () -> project != null);
    }

    /** A stored answer that is given again is not the provider's word on these credentials. */
    private Reply learned(Reply reply, ReadCall call, String project, CredentialKey credentials, boolean known) {
        boolean isOfProvider = reply.timing().sent() != 0;
        if (isOfProvider && reply instanceof Answer answer && answer.isSuccess()) {
            if (!known) {
                permits.count(buckets.of(call, project));
            }
            good.add(credentials);
        } else if (reply instanceof Answer answer && answer.status() == 401) {
            good.remove(credentials);
        }
        return reply;
    }

    @Override
    public String toString() {
        return "rateLimit" + buckets;
    }
}
