package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.CallEdge.answer;
import static dev.sallyport.gateway.http.CallEdge.call;
import static dev.sallyport.gateway.http.CallEdge.other;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.Waiting;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** When a caller's connection is idle, and that it ends then. */
@Timeout(120)
final class IdleCallersTest {
    private static final Duration IDLE = Duration.ofMillis(400);

    @Test
    void a_call_in_progress_and_a_body_under_way_are_not_idle_and_the_connection_is_after_them() throws IOException {
        Duration longer = IDLE.multipliedBy(3);
        try (var soon = CallEdge.withIdle(IDLE);
                var calls = soon.caller();
                var sends = soon.caller()) {
            soon.pipeline = call -> Mono.delay(longer).map(late -> answer("{}"));
            sends.send(call("{}").replaceFirst("}$", ""));
            long start = System.nanoTime();
            calls.send(call("{}"));

            assertThat(calls.answer()).endsWith("{}");
            sends.send("}");
            assertThat(calls.isEnded()).isTrue();
            assertThat(System.nanoTime() - start)
                    .isGreaterThan(longer.plus(IDLE).minusMillis(50).toNanos());
            assertThat(sends.answer()).endsWith("{}");
            assertThat(sends.isEnded()).isTrue();
        }
    }

    @Test
    void an_other_request_in_progress_is_not_idle_and_the_connection_is_after_it() throws IOException {
        try (var soon = CallEdge.withIdle(IDLE);
                var caller = soon.caller()) {
            var answering = soon.other;
            soon.other =
                    (request, response) -> Mono.delay(IDLE.multipliedBy(3)).then(answering.handle(request, response));
            caller.send(other("/late"));

            assertThat(caller.answer()).endsWith("/late");
            assertThat(caller.isEnded()).isTrue();
        }
    }

    /** Before, each was refused as malformed, in the log and in metrics, with nothing left to write the answer to. */
    @Test
    void a_caller_who_leaves_or_is_idle_within_a_head_is_refused_nothing() throws Exception {
        try (var soon = CallEdge.withIdle(IDLE)) {
            try (var leaves = soon.caller();
                    var waits = soon.caller()) {
                leaves.send("POST /call HTTP/1.1\r\nHo");
                waits.send("POST /call HTTP/1.1\r\nHost: gateway\r\n");
                assertThat(waits.isEnded()).isTrue();
            }
            Waiting.until("both are gone", () -> soon.connections.count() == 0);

            assertThat(soon.refused).isEmpty();
        }
    }
}
