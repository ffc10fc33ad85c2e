package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Stage;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.TracingSettings;
import dev.sallyport.telemetry.TelemetryEnforceFilter;
import dev.sallyport.trace.RequestStep;
import dev.sallyport.trace.TracedDoorFilter;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Steps of a pipeline, each with a span of its own; where nothing is traced, the steps themselves. */
record TracedSteps(boolean isOn) {
    /** As the settings say. */
    static TracedSteps of(TracingSettings settings) {
        return new TracedSteps(settings.enabled());
    }

    /** What reads a call. */
    Stage<Call, ReadCall> reading(Stage<Call, ReadCall> step) {
        return isOn ? new RequestStep<>("request reading", call -> call.trail().span(), step) : step;
    }

    /** A step on the way to the provider. */
    Optional<? extends Filter<ReadCall>> inwards(String name, Optional<Filter<ReadCall>> step) {
        return isOn ? step.map(given -> new Inwards(new RequestStep<>(name, ReadCall::span, given))) : step;
    }

    /** The device, if a call waits for what is found; else it has no step to speak of. */
    Optional<? extends Filter<ReadCall>> telemetry(Optional<Filter<ReadCall>> step) {
        return step.filter(TelemetryEnforceFilter.class::isInstance).isPresent()
                ? inwards("device lookup", step)
                : step;
    }

    /** A door that answers come back through. */
    Optional<? extends Filter<ReadCall>> outwards(String name, Optional<Filter<ReadCall>> door) {
        return isOn ? door.map(given -> new TracedDoorFilter(name, given)) : door;
    }

    /** A step that hands on what it was given. */
    private record Inwards(RequestStep<ReadCall, ReadCall> step) implements Filter<ReadCall> {
        @Override
        public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
            return step.filter(call, next);
        }

        @Override
        public String toString() {
            return step.toString();
        }
    }
}
