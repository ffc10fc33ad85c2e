package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.CallEdge.answer;
import static dev.sallyport.gateway.http.CallEdge.call;
import static dev.sallyport.gateway.http.CallEdge.other;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import dev.sallyport.gateway.http.header.NettyHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls on their callers' connections, over real sockets, beside requests that Spring is given. */
@Timeout(120)
final class CallsTest {
    private static final String HEAD = "POST /call HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n";

    private final CallEdge edge = new CallEdge();

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void calls_and_other_requests_that_came_at_once_are_answered_in_their_order() throws IOException {
        edge.pipeline = call ->
                Mono.delay(Duration.ofMillis(20)).map(late -> answer(new String(call.body(), StandardCharsets.UTF_8)));
        try (var caller = edge.caller()) {
            var requests = new StringBuilder();
            for (int round = 0; round < 20; round++) {
                requests.append(call("\"" + round + "\"")).append(other("/" + round));
            }
            caller.send(requests.toString());

            for (int round = 0; round < 20; round++) {
                assertThat(caller.answer()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n\"" + round + "\"");
                assertThat(caller.answer()).endsWith("\r\n\r\n/" + round);
            }
        }
    }

    @Test
    void calls_that_are_answered_at_once_and_from_another_thread_alternate_on_a_kept_connection() throws IOException {
        try (var caller = edge.caller()) {
            for (int round = 0; round < 500; round++) {
                Mono<Reply> reply = Mono.just(answer("\"" + round + "\""));
                edge.pipeline = round % 2 == 0 ? call -> reply : call -> reply.publishOn(Schedulers.parallel());
                caller.send(call("{}"));

                assertThat(caller.answer()).endsWith("\r\n\r\n\"" + round + "\"");
            }
        }
    }

    @Test
    void a_gateway_that_has_too_much_to_do_refuses_a_call_before_its_body() throws IOException {
        edge.tooMuch = true;
        try (var caller = edge.caller()) {
            caller.send(HEAD + "Content-Length: 500\r\n\r\n");

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("\r\nretry-after: 1\r\n")
                    .contains("OVERLOADED");
        }
        assertThat(edge.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void a_body_that_comes_in_pieces_is_one(int size) throws Exception {
        String body = "\"0123456789\"";
        try (var caller = edge.caller()) {
            caller.send(HEAD + "Content-Length: " + body.length() + "\r\n\r\n");
            for (int at = 0; at < body.length(); at += size) {
                caller.send(body.substring(at, Math.min(body.length(), at + size)));
            }
            assertThat(caller.answer()).endsWith(body);

            var chunks = new StringBuilder(CHUNKED + "\r\n");
            for (int at = 0; at < body.length(); at += size) {
                String chunk = body.substring(at, Math.min(body.length(), at + size));
                chunks.append(chunk.length()).append("\r\n").append(chunk).append("\r\n");
            }
            caller.send(chunks + "0\r\n\r\n" + other("/next"));
            assertThat(caller.answer()).endsWith(body);
            assertThat(caller.answer()).endsWith("/next");
        }
    }

    @Test
    void a_body_that_is_announced_as_too_large_is_refused_without_being_asked_for() throws IOException {
        try (var caller = edge.caller()) {
            caller.send(HEAD + "Content-Length: 1025\r\nExpect: 100-continue\r\n\r\n");

            assertThat(caller.answer()).startsWith("HTTP/1.1 413 ").containsIgnoringCase("Connection: close");
            assertThat(caller.isEnded()).isTrue();
        }
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_body_that_grows_too_large_is_refused_in_the_middle_once() throws IOException {
        try (var caller = edge.caller()) {
            caller.send(CHUNKED + "Expect: 100-continue\r\n\r\n");
            assertThat(caller.head()).startsWith("HTTP/1.1 100 ");
            caller.send(("100\r\n" + "x".repeat(256) + "\r\n").repeat(5) + "0\r\n\r\n" + other("/next"));

            assertThat(caller.answer()).startsWith("HTTP/1.1 413 ").containsIgnoringCase("Connection: close");
            assertThat(caller.isEnded()).isTrue();
        }
        assertThat(edge.asked).isEmpty();
        assertThat(edge.refused).hasSize(1);
    }

    @Test
    void what_comes_behind_a_refusal_without_reading_is_not_served() throws IOException {
        try (var caller = edge.caller()) {
            caller.send(call("{}").replace("POST", "PUT") + call("{}") + other("/next"));

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 405 ")
                    .containsIgnoringCase("Allow: POST")
                    .containsIgnoringCase("Connection: close");
            assertThat(caller.isEnded()).isTrue();
        }
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void an_answer_to_head_has_no_body() throws IOException {
        try (var caller = edge.caller()) {
            caller.send("HEAD /call HTTP/1.1\r\nHost: gateway\r\n\r\n");

            assertThat(caller.head()).startsWith("HTTP/1.1 405 ").containsIgnoringCase("Content-Length: ");
            assertThat(caller.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, Connection: close", "HTTP/1.0, Connection: keep-alive", "HTTP/1.0, X-Other: x"})
    void a_connection_that_is_not_to_be_kept_is_ended_after_the_answer(String version, String field)
            throws IOException {
        try (var caller = edge.caller()) {
            caller.send(call("{}", field).replace("HTTP/1.1", version));

            String answer = caller.answer();
            assertThat(answer).startsWith(version + " 200 ").endsWith("{}");
            assertThat(answer.contains("close")).isEqualTo(version.equals("HTTP/1.1"));
            assertThat(caller.isEnded()).isTrue();
        }
    }

    static Stream<Upstream<Call>> bugs() {
        return Stream.of(
                call -> {
                    throw new IllegalStateException("hunter2");
                },
                call -> {
                    throw new OutOfMemoryError("hunter2");
                },
                call -> Mono.error(new IllegalStateException("hunter2")),
                call -> Mono.<Reply>error(new AssertionError("hunter2")).publishOn(Schedulers.parallel()),
                call -> Mono.empty(),
                call -> Mono.just(new Answer(
                        200, new NettyHeaders(unwritable()), new byte[0], Reply.Timing.NONE, Document.NONE)));
    }

    private static HttpHeaders unwritable() {
        return DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .add("x-other", "hunter2\r\nx-more: x");
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_bug_is_answered_and_told_once_and_ends_the_connection(Upstream<Call> bug) throws Exception {
        edge.pipeline = bug;
        try (var caller = edge.caller()) {
            caller.send(call("{}") + other("/next"));

            assertThat(caller.answer())
                    .startsWith("HTTP/1.1 500 ")
                    .containsIgnoringCase("Sallyport-Rejection: INTERNAL")
                    .containsIgnoringCase("Connection: close")
                    .doesNotContain("hunter2");
            assertThat(caller.isEnded()).isTrue();
        }
        assertThat(edge.refused).hasSize(1);
        assertThat(requireNonNull(edge.refused.poll()).refusal().rejection().cause())
                .isNotNull();
        assertThat(edge.failed).isEmpty();
    }

    @Test
    void a_call_whose_caller_leaves_within_its_body_is_not_made() throws Exception {
        try (var caller = edge.caller();
                var next = edge.caller()) {
            caller.send(CHUNKED + "Expect: 100-continue\r\n\r\n");
            assertThat(caller.head()).startsWith("HTTP/1.1 100 ");
            caller.send("1\r\n{\r\n");
            caller.socket().close();

            next.send(call("{}"));
            assertThat(next.answer()).endsWith("{}");
        }
        assertThat(edge.asked).hasSize(1);
        assertThat(edge.failed).isEmpty();
    }
}
