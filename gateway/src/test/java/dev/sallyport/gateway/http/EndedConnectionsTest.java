package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.CallEdge.answer;
import static dev.sallyport.gateway.http.CallEdge.call;
import static dev.sallyport.gateway.http.CallEdge.other;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.call.Reply;
import dev.sallyport.gateway.Waiting;
import dev.sallyport.gateway.http.CallEdge.Caller;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How connections end when the gateway stops, over real sockets: with an answer, or without having taken a request. */
@Timeout(120)
final class EndedConnectionsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String CHUNKED = "POST /call HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n";
    private static final String LINE = "POST /call HTTP/1.1\r\n";

    private final CallEdge edge = new CallEdge();
    private final Sinks.One<Reply> reply = Sinks.one();

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    @SuppressWarnings("try") // one is closed within, as callers do when they see the end
    void calls_and_other_requests_in_flight_are_answered_and_their_connections_and_idle_ones_end() throws Exception {
        Sinks.Empty<Void> answers = Sinks.empty();
        var others = new CountDownLatch(1);
        edge.pipeline = call -> reply.asMono();
        var answering = edge.other;
        edge.other = (request, response) -> {
            others.countDown();
            return answers.asMono().then(answering.handle(request, response));
        };
        try (var calls = edge.caller();
                var asks = edge.caller();
                var sends = edge.caller();
                var idle = edge.caller()) {
            calls.send(call("{}"));
            asks.send(other("/other"));
            sends.send(CHUNKED + "Expect: 100-continue\r\n\r\n");
            assertThat(sends.head()).startsWith("HTTP/1.1 100 ");
            assertThat(edge.asked.poll(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();

            edge.connections.end();

            assertThat(idle.isEnded()).isTrue();
            idle.close();
            Waiting.until("it takes no connection", () -> !isTaken());
            Waiting.until("what is in flight is left", () -> edge.connections.count() == 3);
            assertThat(edge.connections.requests()).isEqualTo(3);
            sends.send("2\r\n{}\r\n0\r\n\r\n");
            assertThat(edge.asked.poll(30, TimeUnit.SECONDS)).isNotNull();
            reply.tryEmitValue(answer("{}")).orThrow();
            answers.tryEmitEmpty().orThrow();
            assertIsLast(calls, "{}");
            assertIsLast(sends, "{}");
            assertIsLast(asks, "/other");
        }
        assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
        assertThat(edge.connections.requests()).isZero();
        assertThat(edge.failed).isEmpty();
    }

    /** Before, its bytes lay unread when the connection was closed, and the reset could take the answer away. */
    @Test
    void a_request_that_comes_while_another_is_answered_is_never_read_and_resets_nothing() throws Exception {
        edge.pipeline = call -> reply.asMono();
        try (var caller = edge.caller()) {
            caller.send(call("{}"));
            assertThat(edge.asked.poll(30, TimeUnit.SECONDS)).isNotNull();
            edge.connections.end();
            caller.send(call("{}"));
            reply.tryEmitValue(answer("{}")).orThrow();

            assertIsLast(caller, "{}");
        }
        assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void of_requests_that_came_at_once_those_behind_the_last_answer_are_never_carried_out() throws Exception {
        edge.pipeline = call -> reply.asMono();
        try (var caller = edge.caller()) {
            caller.send(call("{}").repeat(50));
            assertThat(edge.asked.poll(30, TimeUnit.SECONDS)).isNotNull();
            edge.connections.end();
            reply.tryEmitValue(answer("{}")).orThrow();

            assertIsLast(caller, "{}");
        }
        assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_request_whose_head_is_coming_is_waited_for_and_answered() throws Exception {
        try (var caller = edge.caller()) {
            caller.send(call("{}") + LINE);
            assertThat(caller.answer()).endsWith("{}");
            edge.connections.end();
            assertThat(edge.connections.endedWithin(Duration.ofMillis(1500)))
                    .as("after the time that an idle connection has")
                    .isFalse();
            caller.send(call("{}").substring(LINE.length()));

            assertIsLast(caller, "{}");
        }
        assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
    }

    @Test
    void what_comes_too_late_is_refused_in_words_that_say_where_to_go() throws Exception {
        try (var caller = edge.caller();
                var asks = edge.caller()) {
            caller.send(call("{}") + LINE);
            asks.send(other("/") + "GET ");
            assertThat(caller.answer()).endsWith("{}");
            assertThat(asks.answer()).endsWith("/");
            edge.asked.clear();
            edge.connections.end();
            edge.connections.refuse();
            caller.send(call("{}").substring(LINE.length()));
            asks.send("/ HTTP/1.1\r\nHost: gateway\r\n\r\n");

            for (Caller late : new Caller[] {caller, asks}) {
                assertThat(late.answer())
                        .startsWith("HTTP/1.1 503 ")
                        .containsIgnoringCase("Connection: close")
                        .contains("Sallyport-Rejection: SHUTTING_DOWN")
                        .containsIgnoringCase("Retry-After: 1")
                        .contains("gateway_draining");
                assertThat(late.isEnded()).isTrue();
            }
        }
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void what_is_left_is_cut() throws Exception {
        edge.pipeline = call -> reply.asMono();
        try (var caller = edge.caller()) {
            caller.send(call("{}"));
            assertThat(edge.asked.poll(30, TimeUnit.SECONDS)).isNotNull();
            edge.connections.end();
            assertThat(edge.connections.endedWithin(Duration.ZERO)).isFalse();

            edge.connections.cut();

            assertThatThrownBy(caller::isEnded).isInstanceOf(SocketException.class);
        }
        assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
    }

    @Test
    void an_answer_that_is_read_slowly_arrives_whole() throws Exception {
        String large = "\"" + "x".repeat(8_000_000) + "\"";
        edge.pipeline = call -> Mono.just(answer(large));
        try (var caller = edge.caller()) {
            caller.send(call("{}"));
            String head = caller.head();
            edge.connections.end();
            assertThat(edge.connections.endedWithin(Duration.ofMillis(1500))).isFalse();

            assertThat(head).startsWith("HTTP/1.1 200 ");
            assertThat(caller.socket().getInputStream().readAllBytes()).hasSize(large.length());
        }
        assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
    }

    private static void assertIsLast(Caller caller, String body) throws IOException {
        assertThat(caller.answer()).containsIgnoringCase("Connection: close").endsWith(body);
        assertThat(caller.isEnded()).isTrue();
    }

    private boolean isTaken() {
        try (var caller = edge.caller()) {
            return caller.socket().isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
