package dev.sallyport.telemetry;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.rule.Facts.Field;
import reactor.core.publisher.Mono;

/**
 * Puts the telemetry id of a header into the body of an operation that takes one, where the body has none. What the caller
 * wrote itself, null included, stays as it is.
 */
public final class TelemetryFilter implements Filter<ReadCall> {
    private final TelemetryIds ids;

    /**
     * For an operation that takes a telemetry id.
     *
     * @param header the header that carries it
     * @param field where the body has it: a member of the root object
     */
    public TelemetryFilter(String header, Field field) {
        this.ids = new TelemetryIds(header, field);
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return next.send(ids.carriedBy(call));
    }

    @Override
    public String toString() {
        return "telemetry(forward from " + ids + ")";
    }
}
