package dev.sallyport.gateway;

import static dev.sallyport.gateway.LargeAnswers.LARGE_CALL;
import static dev.sallyport.gateway.LargeAnswers.SMALL_CALL;
import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who end their side of a connection: they get the answers to what they asked, and hold nothing after that. */
@Timeout(300)
final class HalfClosedCallerTest {
    private static final int PER_ADDRESS = 30;
    /** Too much for the network's buffers, more than once. */
    private static final int HUGE = 12_000_000;

    private static final String LARGE = head("GET " + LARGE_CALL + " HTTP/1.1", HOST, AUTHORIZATION);
    private static final String SMALL = head("GET " + SMALL_CALL + " HTTP/1.1", HOST, AUTHORIZATION);
    private static final String NOWHERE = head("GET /v1/nowhere HTTP/1.1", HOST);

    private static LargeAnswers provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new LargeAnswers(HUGE);
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.request.max-connections-per-address=" + PER_ADDRESS,
                "--sallyport.provider.reply-limit=16MB",
                "--sallyport.request.write-timeout=10s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void a_caller_who_ends_its_side_after_a_request_gets_the_answer() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(SMALL);
            client.sendNoMore();

            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void a_caller_who_ends_its_side_after_three_requests_gets_three_answers() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(SMALL + NOWHERE + SMALL);
            client.sendNoMore();

            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
            assertThat(client.read().header("Sallyport-Rejection")).isEqualTo("UNKNOWN_OPERATION");
            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void a_caller_who_ends_its_side_within_a_second_request_gets_the_first_answer() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(SMALL + SMALL.substring(0, 30));
            client.sendNoMore();

            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** Whether it waits for the answer or leaves at once: it is no bug of the gateway's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_caller_who_leaves_within_a_second_request_is_told_nowhere(boolean reads) throws Exception {
        double before = gateway.counted("sallyport_answers_failed_total");
        String told;
        try (var log = new LogCapture()) {
            log.quiet();
            for (String whole : List.of(NOWHERE, SMALL)) {
                for (int times = 0; times < 20; times++) {
                    leaveWithin(whole, reads);
                }
            }
            Waiting.until("none of them is open", HalfClosedCallerTest::hasRoomForAll);
            told = log.taken();
        }

        assertThat(told).doesNotContain("bug");
        assertThat(gateway.counted("sallyport_answers_failed_total")).isEqualTo(before);
    }

    private static void leaveWithin(String whole, boolean reads) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(whole + whole.substring(0, 20));
            if (reads) {
                client.sendNoMore();
                assertThat(client.read().status()).isEqualTo(404);
                assertThat(client.isClosed()).isTrue();
            }
        }
    }

    /** Whether one address gets all the connections that it may have. */
    private static boolean hasRoomForAll() throws IOException {
        List<RawHttp> open = new ArrayList<>();
        int served = 0;
        for (int count = 0; count < PER_ADDRESS; count++) {
            open.add(new RawHttp(gateway.port()));
        }
        for (RawHttp each : open) {
            each.send(NOWHERE);
            served += each.read().status() == 404 ? 1 : 0;
        }
        for (RawHttp each : open) {
            each.close();
        }
        return served == PER_ADDRESS;
    }

    /** The end of its side is known before the answer has to wait for it, again and again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_caller_who_ends_its_side_and_reads_slowly_gets_large_answers_whole(int requests) throws Exception {
        double before = gateway.counted("sallyport_answers_cut_total{why=\"caller_gone\"}");
        try (var client = RawHttp.slow(gateway.port())) {
            client.send(LARGE.repeat(requests));
            client.sendNoMore();

            assertThat(client.hasNews(10_000)).isTrue();
            for (int answer = 0; answer < requests; answer++) {
                assertThat(client.read().body()).hasSizeGreaterThan(HUGE);
            }
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(gateway.counted("sallyport_answers_cut_total{why=\"caller_gone\"}"))
                .isEqualTo(before);
    }

    /** The end comes while the answer waits already. */
    @Test
    void a_caller_who_ends_its_side_within_a_large_answer_gets_the_rest() throws Exception {
        try (var client = RawHttp.slow(gateway.port())) {
            client.send(LARGE);
            assertThat(client.hasNews(10_000)).isTrue();
            client.sendNoMore();

            assertThat(client.read().body()).hasSizeGreaterThan(HUGE);
        }
    }

    @Test
    void a_caller_who_ends_its_side_and_never_reads_is_cut_in_time() throws Exception {
        double before = gateway.counted("sallyport_answers_cut_total{why=\"too_slow\"}");
        try (var client = RawHttp.slow(gateway.port())) {
            client.send(LARGE);
            client.sendNoMore();

            Waiting.until("it is cut", () -> gateway.counted("sallyport_answers_cut_total{why=\"too_slow\"}") > before);
            Waiting.until("none of them is open", HalfClosedCallerTest::hasRoomForAll);
        }
    }

    @Test
    void a_caller_who_ends_its_side_and_then_leaves_with_a_reset_is_noticed() throws Exception {
        double before = gateway.counted("sallyport_answers_cut_total{why=\"caller_gone\"}");
        try (var client = RawHttp.slow(gateway.port())) {
            client.send(LARGE);
            client.sendNoMore();
            assertThat(client.hasNews(10_000)).isTrue();
            client.reset();

            Waiting.until(
                    "it is noticed",
                    () -> gateway.counted("sallyport_answers_cut_total{why=\"caller_gone\"}") > before);
            Waiting.until("none of them is open", HalfClosedCallerTest::hasRoomForAll);
        }
    }
}
