package dev.sallyport.caller;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.OrganizationPlace;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Holds callers to their organizations. A caller that is held to some may make no call that names none: whom that is about would
 * only show when it is done.
 */
final class OrganizationFilter implements Filter<ReadCall> {
    private final KnownCallers known;
    private final Operation operation;
    private final @Nullable OrganizationPlace place;
    private final CallerEvents events;
    private final SlowRefusals refusals;

    /**
     * For one operation.
     *
     * @param place where its requests name the organization; null if they name none
     */
    OrganizationFilter(
            KnownCallers known,
            Operation operation,
            @Nullable OrganizationPlace place,
            CallerEvents events,
            SlowRefusals refusals) {
        this.known = known;
        this.operation = operation;
        this.place = place;
        this.events = events;
        this.refusals = refusals;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable String name = call.call().callerName();
        @Nullable Grant grant = name == null ? null : known.named(name);
        if (grant != null && grant.mayName(place == null ? null : place.in(call, operation))) {
            return next.send(call);
        }
        events.refused(name, Denial.ORGANIZATION);
        return refusals.of(call.call(), Denial.ORGANIZATION);
    }

    @Override
    public String toString() {
        return place == null ? "organizations" : "organizations(" + place + ")";
    }
}
