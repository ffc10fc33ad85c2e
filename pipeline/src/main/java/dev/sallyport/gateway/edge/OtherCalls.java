package dev.sallyport.gateway.edge;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Stack;
import dev.sallyport.call.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What calls of the provider that no contract knows meet.
 *
 * @param deadline what such a call has at most, from its head to its answer
 * @param stacks the steps around them, by the name of their route
 */
public record OtherCalls(Duration deadline, Map<String, Stack<ReadCall>> stacks) {
    /** What they are called where an operation's id stands. */
    public static final String OPERATION = "other";

    public OtherCalls {
        stacks = Map.copyOf(stacks);
    }

    /** Where there are none. */
    public static OtherCalls none() {
        return new OtherCalls(Duration.ZERO, Map.of());
    }

    /** The steps of a route around what answers in the end. */
    public Upstream<Call> around(String route, Upstream<ReadCall> provider) {
        return Objects.requireNonNull(stacks.get(route), "no such route").around(provider);
    }
}
