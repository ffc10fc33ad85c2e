package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.FrameCaller.CONTINUATION;
import static dev.sallyport.gateway.http.FrameCaller.DATA;
import static dev.sallyport.gateway.http.FrameCaller.END_HEADERS;
import static dev.sallyport.gateway.http.FrameCaller.END_STREAM;
import static dev.sallyport.gateway.http.FrameCaller.GOAWAY;
import static dev.sallyport.gateway.http.FrameCaller.HEADERS;
import static dev.sallyport.gateway.http.FrameCaller.PING;
import static dev.sallyport.gateway.http.FrameCaller.PRIORITY;
import static dev.sallyport.gateway.http.FrameCaller.RST_STREAM;
import static dev.sallyport.gateway.http.FrameCaller.SETTINGS;
import static dev.sallyport.gateway.http.FrameCaller.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.call.Reply;
import dev.sallyport.config.RequestSettings;
import dev.sallyport.config.StreamSettings;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.gateway.http.FrameCaller.Frame;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Cut;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Refused;
import dev.sallyport.gateway.tls.Certificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Callers over HTTP/2 that flood, hang and take nothing: each is ended or held back, another is served meanwhile, and all is given back. */
@Timeout(180)
final class Http2BoundsTest {
    private static final int STREAMS = 10;
    private static final int RESETS = 50;
    private static final int CONTROL_FRAMES = 200;
    private static final int CALM = 11;
    private static final int REFUSED_STREAM = 7;
    private static final byte[] CANCELLED = {0, 0, 0, 8};
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate localhost;

    @SuppressWarnings("NullAway.Init") // each test makes its own
    private CallEdge edge;

    @BeforeAll
    static void make() throws Exception {
        localhost = Certificate.of(folder, "dns:localhost");
    }

    private static RequestSettings settings(Duration idle, Duration bodyAndAnswer) {
        return new RequestSettings(
                ByteSize.kilobytes(64),
                bodyAndAnswer,
                ByteSize.kilobytes(16),
                idle,
                bodyAndAnswer,
                ByteSize.kilobytes(64 * 1024),
                10_000,
                1_000,
                32,
                new StreamSettings(STREAMS, RESETS, CONTROL_FRAMES));
    }

    private void start(Duration idle, Duration bodyAndAnswer) throws Exception {
        edge = CallEdge.overHttp2(localhost, settings(idle, bodyAndAnswer));
    }

    private void start() throws Exception {
        start(IDLE, Duration.ofMinutes(1));
    }

    private FrameCaller caller(byte... settings) throws Exception {
        return FrameCaller.to(edge.server.port(), localhost.trusting(), settings);
    }

    /** Another caller is served, and of the one that was ended nothing is left. */
    @AfterEach
    void others_are_served_and_nothing_is_left() throws Exception {
        try (var other = caller()) {
            assertThat(other.call(1).body(1, "served").outcome(1).body()).isEqualTo("served");
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(edge.connections.count()).isZero();
            assertThat(edge.connections.requests()).isZero();
        });
        assertThat(edge.failed).isEmpty();
        edge.close();
    }

    /** Sends until the other end takes no more, and reads why; another caller is served in between. */
    private void floods(FrameCaller flooding, int times, IntConsumer each) throws Exception {
        try (var other = caller()) {
            for (int time = 0; time < times; time++) {
                each.accept(time);
                if (time % 100 == 0) {
                    flooding.flush();
                }
            }
            flooding.flush();
            assertThat(other.call(1).body(1, "meanwhile").outcome(1).body()).isEqualTo("meanwhile");
        }
    }

    private void isToldToBeCalm(FrameCaller flooding) throws Exception {
        assertThat(Objects.requireNonNull(flooding.next(GOAWAY)).error()).isEqualTo(CALM);
        assertThat(flooding.next()).as("the end").isNull();
        assertThat(edge.turnedAway).containsExactly(Refused.FLOOD);
    }

    @Test
    void streams_that_are_taken_back_again_and_again_end_the_connection_and_few_of_them_are_calls() throws Exception {
        start();
        Sinks.Empty<Reply> never = Sinks.empty();
        edge.pipeline = call -> never.asMono();
        try (var flooding = caller()) {
            for (int stream = 1; stream < 20_001; stream += 2) {
                flooding.call(stream, "content-length", "0").hold(DATA, END_STREAM, stream);
                flooding.hold(RST_STREAM, 0, stream, CANCELLED);
                if (stream % 100 == 1 && !flooding.flush()) {
                    break;
                }
            }
            flooding.flush();
            isToldToBeCalm(flooding);
        }
        assertThat(edge.asked).hasSizeLessThanOrEqualTo(RESETS + STREAMS + 1);
        edge.pipeline = call -> Mono.just(CallEdge.answer("served"));
    }

    @Test
    void a_head_that_goes_on_in_ever_more_pieces_ends_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            flooding.hold(HEADERS, 0, 1, FrameCaller.block(":method", "GET"));
            floods(flooding, 5_000, time -> flooding.hold(CONTINUATION, 0, 1, FrameCaller.block("a", "b")));

            isToldToBeCalm(flooding);
        }
    }

    @Test
    void a_head_in_large_pieces_without_an_end_ends_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            flooding.hold(HEADERS, 0, 1, FrameCaller.block(":method", "GET"));
            byte[] large = FrameCaller.block("a", "b".repeat(16_000));
            floods(flooding, 50, time -> flooding.hold(CONTINUATION, 0, 1, large));

            assertThat(flooding.next(GOAWAY)).isNotNull();
            assertThat(flooding.next()).isNull();
        }
    }

    @Test
    void a_head_beyond_what_is_refused_in_words_is_refused_by_its_status() throws Exception {
        start();
        try (var large = caller()) {
            large.hold(
                    HEADERS,
                    END_STREAM,
                    1,
                    FrameCaller.block(":method", "GET", ":scheme", "https", ":authority", "gateway", ":path", "/call"));
            byte[] piece = FrameCaller.block("a", "b".repeat(15_000));
            large.hold(CONTINUATION, 0, 1, piece).hold(CONTINUATION, 0, 1, piece);
            large.send(CONTINUATION, END_HEADERS, 1, piece);

            assertThat(large.outcome(1).status()).startsWith("431");
            assertThat(large.call(3).body(3, "{}").outcome(3).body()).isEqualTo("{}");
        }
    }

    @Test
    void empty_pieces_of_a_body_end_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            flooding.call(1);
            floods(flooding, 5_000, time -> flooding.hold(DATA, 0, 1));

            isToldToBeCalm(flooding);
        }
    }

    @Test
    void pieces_of_a_body_of_an_octet_each_end_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            flooding.call(1);
            floods(flooding, 5_000, time -> flooding.hold(DATA, 0, 1, (byte) ' '));

            isToldToBeCalm(flooding);
        }
    }

    @Test
    void settings_without_an_end_end_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            byte[] setting = FrameCaller.setting(4, 65_535);
            floods(flooding, 5_000, time -> flooding.hold(SETTINGS, 0, 0, setting));

            isToldToBeCalm(flooding);
        }
    }

    @Test
    void pings_without_an_end_end_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            floods(flooding, 5_000, time -> flooding.hold(PING, 0, 0, new byte[8]));

            isToldToBeCalm(flooding);
        }
    }

    @Test
    void priorities_and_windows_and_unknown_frames_without_an_end_end_the_connection() throws Exception {
        start();
        for (int type : new int[] {PRIORITY, WINDOW_UPDATE, 77}) {
            byte[] payload = type == PRIORITY ? new byte[] {0, 0, 0, 0, 1} : new byte[] {0, 0, 0, 1};
            int stream = type == PRIORITY ? 3 : 0;
            try (var flooding = caller()) {
                floods(flooding, 5_000, time -> flooding.hold(type, 0, stream, payload));

                assertThat(Objects.requireNonNull(flooding.next(GOAWAY)).error())
                        .isEqualTo(CALM);
            }
        }
    }

    @Test
    void frames_that_go_with_requests_end_no_connection() throws Exception {
        start();
        try (var busy = caller()) {
            for (int stream = 1; stream < 2 * CONTROL_FRAMES; stream += 2) {
                busy.hold(PING, 0, 0, new byte[8]).hold(WINDOW_UPDATE, 0, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9);
                assertThat(busy.call(stream).body(stream, "x").outcome(stream).status())
                        .isEqualTo("200");
            }
        }
        assertThat(edge.turnedAway).isEmpty();
    }

    @Test
    void more_streams_at_once_than_may_be_are_refused_before_the_caller_agrees_and_the_others_are_answered()
            throws Exception {
        start();
        Sinks.One<Reply> answer = Sinks.one();
        edge.pipeline = call -> answer.asMono();
        try (var many = caller()) {
            for (int stream = 1; stream <= 2 * STREAMS + 1; stream += 2) {
                many.call(stream).hold(DATA, END_STREAM, stream, (byte) 'x');
            }
            many.flush();
            Frame refused = Objects.requireNonNull(many.next(RST_STREAM));
            assertThat(refused.stream()).isEqualTo(2 * STREAMS + 1);
            assertThat(refused.error()).isEqualTo(REFUSED_STREAM);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.asked).hasSize(STREAMS));

            answer.tryEmitValue(CallEdge.answer("late")).orThrow();

            assertThat(many.outcome(2 * STREAMS - 1).body()).isEqualTo("late");
        }
        edge.pipeline = call -> Mono.just(CallEdge.answer("served"));
    }

    /** Each stream that its caller breaks is one that the gateway takes back, at no cost to the caller otherwise. */
    @Test
    void streams_that_the_gateway_has_to_take_back_again_and_again_end_the_connection() throws Exception {
        start();
        try (var flooding = caller()) {
            floods(flooding, 400, time -> {
                int stream = 2 * time + 1;
                flooding.call(stream).hold(WINDOW_UPDATE, 0, stream, new byte[4]);
            });

            int resets = 0;
            List<Integer> errors = new ArrayList<>();
            for (Frame frame = flooding.next(); frame != null; frame = flooding.next()) {
                resets += frame.type() == RST_STREAM ? 1 : 0;
                if (frame.type() == GOAWAY) {
                    errors.add(frame.error());
                }
            }
            assertThat(resets).isBetween(1, RESETS + 1);
            assertThat(errors).containsExactly(CALM);
            assertThat(edge.turnedAway).containsExactly(Refused.FLOOD);
        }
    }

    @Test
    void an_answer_that_no_window_lets_through_is_given_up_and_the_connection_goes_on() throws Exception {
        start(IDLE, Duration.ofMillis(500));
        edge.pipeline = call -> Mono.just(CallEdge.answer("x".repeat(100_000)));
        try (var closed = caller(FrameCaller.setting(4, 0))) {
            closed.call(1).body(1, "{}");

            assertThat(closed.outcome(1).status()).isEqualTo("200 reset 8");
            closed.send(SETTINGS, 0, 0, FrameCaller.setting(4, 65_535));
            edge.pipeline = call -> Mono.just(CallEdge.answer("small"));
            assertThat(closed.call(3).body(3, "{}").outcome(3).body()).isEqualTo("small");
        }
        assertThat(edge.cuts).containsExactly(Cut.TOO_SLOW);
        edge.pipeline = call -> Mono.just(CallEdge.answer("served"));
    }

    @Test
    void a_caller_who_takes_nothing_from_the_network_is_reset() throws Exception {
        start(IDLE, Duration.ofMillis(500));
        edge.pipeline = call -> Mono.just(CallEdge.answer("x".repeat(3_000_000)));
        try (var silent = caller(FrameCaller.setting(4, Integer.MAX_VALUE))) {
            silent.send(WINDOW_UPDATE, 0, 0, (byte) 0x7f, (byte) 0xfe, (byte) 0xff, (byte) 0xff);
            for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                silent.call(stream).body(stream, "{}");
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.cuts).contains(Cut.TOO_SLOW));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(edge.connections.count()).isZero());
        }
        edge.pipeline = call -> Mono.just(CallEdge.answer("served"));
    }

    @Test
    void connections_without_requests_and_with_half_a_head_end_when_they_were_idle() throws Exception {
        start(Duration.ofMillis(500), Duration.ofMinutes(1));
        try (var idle = caller();
                var half = caller()) {
            half.send(HEADERS, 0, 1, FrameCaller.block(":method", "GET"));
            for (FrameCaller each : new FrameCaller[] {idle, half}) {
                assertThat(Objects.requireNonNull(each.next(GOAWAY)).error()).isZero();
                assertThat(each.next()).isNull();
            }
        }
    }

    @Test
    void a_body_that_does_not_come_is_refused_in_time_and_then_taken_back() throws Exception {
        start(IDLE, Duration.ofMillis(500));
        try (var slow = caller()) {
            slow.call(1).send(DATA, 0, 1, (byte) '{');

            assertThat(slow.outcome(1).status()).isEqualTo("408");
            Frame end = Objects.requireNonNull(slow.next(RST_STREAM));
            assertThat(end.stream()).isEqualTo(1);
            assertThat(end.error()).isZero();
            assertThat(slow.call(3).body(3, "{}").outcome(3).body()).isEqualTo("{}");
        }
    }

    /** A request with content-length 0 but without END_STREAM is not whole, and has the deadline of a body. */
    @Test
    void a_request_without_a_body_whose_end_does_not_come_is_refused_in_time() throws Exception {
        start(IDLE, Duration.ofSeconds(1));
        try (var slow = caller()) {
            slow.call(1, "content-length", "0").flush();

            assertThat(slow.outcome(1).status()).isEqualTo("408");
        }
    }

    @Test
    void a_caller_who_leaves_within_a_request_leaves_nothing() throws Exception {
        start(IDLE, Duration.ofMinutes(2));
        try (var leaving = caller()) {
            leaving.call(1, "content-length", "0")
                    .call(3, "content-length", "9")
                    .call(5)
                    .flush();
            await().atMost(PATIENCE).until(() -> edge.connections.requests() == 3);
        }
    }

    @Test
    void a_stop_lets_streams_end_and_tells_which_was_the_last() throws Exception {
        start();
        Sinks.One<Reply> answer = Sinks.one();
        edge.pipeline = call -> answer.asMono();
        try (var idle = caller();
                var busy = caller()) {
            idle.call(1).send(RST_STREAM, 0, 1, CANCELLED);
            busy.call(1).body(1, "{}");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.asked).isNotEmpty());

            edge.connections.end();

            assertThat(Objects.requireNonNull(busy.next(GOAWAY)).lastStream()).isEqualTo(Integer.MAX_VALUE);
            busy.call(3).body(3, "{}"); // was on its way
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.asked).hasSizeGreaterThanOrEqualTo(2));
            assertThat(idle.next(GOAWAY)).isNotNull();
            assertThat(idle.endsAfterAtMost(GOAWAY)).isTrue();
            answer.tryEmitValue(CallEdge.answer("last")).orThrow();
            assertThat(busy.outcome(1)).extracting("status", "body").containsExactly("200", "last");
            assertThat(busy.outcome(3)).extracting("status", "body").containsExactly("200", "last");
            assertThat(Objects.requireNonNull(busy.next(GOAWAY)).lastStream()).isEqualTo(3);
            assertThat(busy.next()).as("the end").isNull();
            assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
        }
        edge.close();
        start();
    }

    @Test
    void a_stop_that_cannot_wait_cuts() throws Exception {
        start();
        edge.pipeline = call -> Mono.never();
        try (var busy = caller()) {
            busy.call(1).body(1, "{}");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.asked).isNotEmpty());

            edge.connections.end();
            edge.connections.refuse();
            edge.connections.cut();

            assertThat(busy.outcome(1).status()).isEqualTo(" end");
            assertThat(edge.connections.endedWithin(PATIENCE)).isTrue();
        }
        edge.close();
        start();
    }

    @Test
    void a_call_that_its_caller_takes_back_is_given_up() throws Exception {
        start();
        Sinks.Empty<Reply> never = Sinks.empty();
        Sinks.Empty<Void> cancelled = Sinks.empty();
        edge.pipeline = call -> never.asMono().doOnCancel(cancelled::tryEmitEmpty);
        try (var leaving = caller()) {
            leaving.call(1).body(1, "{}");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(edge.asked).isNotEmpty());

            leaving.send(RST_STREAM, 0, 1, CANCELLED);

            assertThat(cancelled.asMono().blockOptional(PATIENCE)).isEmpty();
            edge.pipeline = call -> Mono.just(CallEdge.answer("served"));
            assertThat(leaving.call(3).body(3, "{}").outcome(3).body()).isEqualTo("served");
        }
    }

    @Test
    void a_connection_that_is_not_of_http_2_behind_its_word_is_closed() throws Exception {
        start();
        try (var wrong = caller()) {
            wrong.send(HEADERS, END_HEADERS | END_STREAM, 2, FrameCaller.block(":method", "GET"));

            assertThat(wrong.next(GOAWAY)).isNotNull();
            assertThat(wrong.next()).isNull();
        }
    }
}
