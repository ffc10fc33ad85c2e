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
 * take permits of the address that they come from. Of callers that the gateway proved itself nothing is left to say. So a
 * project's permits cannot be used up by its name alone.
 */
public final class CallLimitFilter implements Filter<ReadCall> {
    private final CallBuckets buckets;
    private final Permits permits;
    private final GoodCredentials good;
    private final Proof proof;

    /** What is known of the credentials of calls. */
    enum Proof {
        /** The provider looks at them, so a success says that they are good. */
        OF_SUCCESS,
        /** The provider may look at them or not: only other operations' calls say whether they are good. */
        OF_OTHERS,
        /** The provider does not look at them: keys are public. */
        NONE
    }

    /**
     * For one operation.
     *
     * @param good shared by all operations
     * @param proof what is known of its calls' credentials
     */
    CallLimitFilter(CallBuckets buckets, Permits permits, GoodCredentials good, Proof proof) {
        this.buckets = buckets;
        this.permits = permits;
        this.good = good;
        this.proof = proof;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable String project = call.project();
        if (call.call().callerName() != null) {
            return limited(call, project, next);
        }
        @Nullable String identity = call.call().identity();
        if (proof == Proof.NONE || project == null || identity == null) {
            return limited(call, null, next);
        }
        CredentialKey credentials = CredentialKey.of(project, identity);
        boolean known = good.are(credentials);
        Mono<Reply> limited = limited(call, known ? project : null, next);
        return proof == Proof.OF_SUCCESS
                ? limited.map(reply -> learned(reply, call, project, credentials, known))
                : limited;
    }

    private Mono<Reply> limited(ReadCall call, @Nullable String project, Upstream<ReadCall> next) {
        return permits.limited(buckets.of(call, project), call.span(), () -> next.send(call), () -> project != null);
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
