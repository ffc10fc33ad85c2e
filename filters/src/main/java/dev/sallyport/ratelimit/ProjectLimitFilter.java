package dev.sallyport.ratelimit;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Rejection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Refuses a call of a project that is over a limit, and says when to come back. A project's permits are for those who hold its
 * secret. Which do, only the provider can say: until it answered credentials with a success, their calls take the permits of
 * the address that they come from, of which the limit gives as many. So a project's permits cannot be used up by its name alone.
 */
public final class ProjectLimitFilter implements Filter<ReadCall> {
    private final Permits permits;
    private final GoodCredentials good;
    private final boolean needsSecret;

    /**
     * For one operation.
     *
     * @param good shared by all operations
     * @param needsSecret whether the provider looks at the credentials of its calls; keys, which are public, prove nothing
     */
    public ProjectLimitFilter(Permits permits, GoodCredentials good, boolean needsSecret) {
        this.permits = permits;
        this.good = good;
        this.needsSecret = needsSecret;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable String project = call.project();
        @Nullable String authorization = call.headers().first("authorization");
        return needsSecret && project != null && authorization != null
                ? ofProject(call, project, GoodCredentials.key(project, authorization), next)
                : limited(call, ofAddress(call), next);
    }

    private Mono<Reply> ofProject(
            ReadCall call, String project, GoodCredentials.Key credentials, Upstream<ReadCall> next) {
        boolean known = good.are(credentials);
        return limited(call, known ? project : ofAddress(call), next)
                .map(reply -> learned(reply, project, credentials, known));
    }

    private Mono<Reply> limited(ReadCall call, String key, Upstream<ReadCall> next) {
        @Nullable Rejection refusal = permits.refusal(key);
        return refusal == null ? next.send(call) : Mono.just(new Refusal(refusal));
    }

    /** A name that no project has: those come without a line feed. */
    private static String ofAddress(ReadCall call) {
        return "\n" + call.call().address();
    }

    private Reply learned(Reply reply, String project, GoodCredentials.Key credentials, boolean known) {
        if (reply instanceof Answer answer && answer.isSuccess()) {
            if (!known) {
                permits.count(project);
            }
            good.add(credentials);
        } else if (reply instanceof Answer answer && answer.status() == 401) {
            good.remove(credentials);
        }
        return reply;
    }

    @Override
    public String toString() {
        return "rateLimit" + permits;
    }
}
