package dev.sallyport.telemetry;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.Facts.Field;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Puts the telemetry id of a header into the body of an operation that takes one, where the body has none. What the caller
 * wrote itself, null included, stays as it is.
 */
public final class TelemetryFilter implements Filter {
    /** Ids are UUIDs today; what is much longer is no id, and is left out. */
    private static final int LONGEST_ID = 256;

    private final String header;
    private final int slot;
    private final TelemetryInjection injection;

    /**
     * For an operation that takes a telemetry id.
     *
     * @param header the header that carries it
     * @param field where the body has it: a member of the root object
     */
    public TelemetryFilter(String header, Field field) {
        this.header = header;
        this.slot = field.slot();
        this.injection =
                new TelemetryInjection(field.shown().substring(field.shown().indexOf('/') + 1));
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream next) {
        @Nullable String id = call.headers().first(header);
        return next.send(id != null && isId(id) && lacksOne(call.document()) ? injected(call, id) : call);
    }

    private Call injected(Call call, String id) {
        return call.withBody(injection.into(call.body(), id));
    }

    /** Only an object can take a member; under a contract that is merely reported, a body may be something else. */
    private boolean lacksOne(@Nullable Document document) {
        return document != null && document.isObject() && document.value(slot).kind() == Kind.MISSING;
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return "telemetry(forward from " + header + ")";
    }
}
