package dev.sallyport.caller;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ProvenCaller;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.caller.Identity.Proven;
import dev.sallyport.caller.Identity.Unproven;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets through calls of callers that prove who they are and may make them, with the provider's own credentials in place of the
 * caller's. From here on a call is known by its caller's name.
 */
final class CallerFilter implements Filter<Call> {
    private final CallerCheck check;
    private final Target target;
    private final SlowRefusals refusals;
    private final Map<String, String> credentials;

    /**
     * For one operation.
     *
     * @param credentials the header {@code Authorization} by project
     */
    CallerFilter(CallerCheck check, Target target, SlowRefusals refusals, Map<String, String> credentials) {
        this.check = check;
        this.target = target;
        this.refusals = refusals;
        this.credentials = Map.copyOf(credentials);
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        Presented presented = Presented.of(call.headers().first("authorization"));
        return check.identity(call, presented).flatMap(identity -> decided(call, presented, identity, next));
    }

    private Mono<Reply> decided(Call call, Presented presented, Identity identity, Upstream<Call> next) {
        if (identity instanceof Unproven unproven) {
            return refused(call, null, unproven.why());
        }
        Proven proven = (Proven) identity;
        Grant grant = proven.grant();
        @Nullable String project = grant.project(call.project(), target.namesProject() || presented.namesUser());
        call.identification().prove(new ProvenCaller(grant.name(), project));
        if (!grant.mayCall(target)) {
            return refused(call, grant.name(), Denial.OPERATION);
        }
        if (project == null) {
            return refused(call, grant.name(), Denial.PROJECT);
        }
        check.events().proven(grant.name(), proven.by());
        return next.send(call.withHeaders(replaced(call.headers(), project)));
    }

    private Headers replaced(Headers headers, String project) {
        return Headers.replaced(
                headers, Set.of(), Map.of("Authorization", Objects.requireNonNull(credentials.get(project))));
    }

    private Mono<Reply> refused(Call call, @Nullable String caller, Denial why) {
        check.events().refused(caller, why);
        return refusals.of(call, why);
    }

    @Override
    public String toString() {
        return "callers(" + target.operation() + ")";
    }
}
