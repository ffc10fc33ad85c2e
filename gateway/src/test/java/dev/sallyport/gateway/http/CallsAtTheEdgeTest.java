package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What the gateway itself refuses at its edge, told as a call of the operation that it was about. */
@Timeout(60)
final class CallsAtTheEdgeTest {
    private final CallEdge edge = new CallEdge();

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void a_call_that_comes_too_late_is_one_of_its_operation_that_nothing_else_counts() throws Exception {
        edge.connections.refuse();

        assertIsRefused(CallEdge.call("{}"), Reason.SHUTTING_DOWN, CallKind.of("call"), false);
    }

    @Test
    void what_comes_too_late_for_no_operation_is_a_call_of_none() throws Exception {
        edge.connections.refuse();

        assertIsRefused(CallEdge.other("/nowhere"), Reason.SHUTTING_DOWN, CallKind.NONE, false);
    }

    @Test
    void a_call_that_is_too_much_is_one_of_its_operation_that_nothing_else_counts() throws Exception {
        edge.tooMuch = true;

        assertIsRefused(CallEdge.call("{}"), Reason.OVERLOADED, CallKind.of("call"), false);
    }

    @Test
    void a_refusal_of_a_pipeline_is_counted_there() throws Exception {
        edge.pipeline = call -> Mono.just(new Refusal(Rejection.of(Reason.UNKNOWN_PROJECT, "no")));

        assertIsRefused(CallEdge.call("{}"), Reason.UNKNOWN_PROJECT, CallKind.of("call"), true);
    }

    private void assertIsRefused(String request, Reason reason, CallKind kind, boolean isCounted)
            throws IOException, InterruptedException {
        try (var caller = edge.caller()) {
            caller.send(request);
            assertThat(caller.answer()).contains("Sallyport-Rejection: " + reason);
        }
        WrittenRefusal told = Objects.requireNonNull(edge.refused.poll(10, TimeUnit.SECONDS));
        assertThat(told.refusal().rejection().reason()).isEqualTo(reason);
        assertThat(told.call().kind()).isEqualTo(kind);
        assertThat(told.call().isCounted()).isEqualTo(isCounted);
        assertThat(edge.refused).isEmpty();
    }
}
