package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers and providers that take their time, say too much or leave in the middle. */
@Timeout(120)
final class SlowClientTest {
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration DEADLINE = Duration.ofMillis(500);

    private static final int PAUSE_MILLIS = 50;

    private static Sandbox sandbox;
    private static TestGateway gateway;
    /** Has a deadline that a busy machine may well miss, so only calls that are to miss it go this way. */
    private static TestGateway hasty;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.request.idle-timeout=" + LIMIT.toMillis() + "ms",
                "--sallyport.request.body-timeout=" + LIMIT.toMillis() + "ms",
                "--sallyport.provider.reply-limit=64KB");
        hasty = TestGateway.inFrontOf(sandbox.baseUrl(), "--sallyport.deadline=" + DEADLINE.toMillis() + "ms");
        // The first call loads classes and the provider's keys, which may well take longer than this deadline.
        warmUp();
    }

    private static void warmUp() {
        try {
            for (int calls = 0; ask(hasty, call("")).status() != 200; calls++) {
                assertThat(calls).isLessThan(50);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @AfterAll
    static void stop() {
        hasty.close();
        gateway.close();
        sandbox.close();
    }

    @Test
    void a_silent_connection_is_closed() throws IOException {
        long start = System.nanoTime();
        try (var client = new RawHttp(gateway.port())) {
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(since(start)).isGreaterThan(LIMIT.minusMillis(50));
    }

    @Test
    void a_head_that_dribbles_in_is_not_waited_for() throws IOException {
        long before = sandbox.received();
        try (var client = new RawHttp(gateway.port())) {
            client.send("POST /v1/sessions/migrate HTTP/1.1\r\nX-Slow: ");
            dribble(client);
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(sandbox.received()).isEqualTo(before);
    }

    @Test
    void a_body_that_dribbles_in_is_answered_408_and_the_connection_is_closed() throws IOException {
        long before = sandbox.received();
        try (var client = new RawHttp(gateway.port())) {
            client.send(call("").replace("Content-Length: " + BODY.length(), "Content-Length: 60000"));
            dribble(client);

            Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.header("Sallyport-Rejection")).isEqualTo("BODY_TOO_SLOW");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(sandbox.received()).isEqualTo(before);
    }

    /** Sends a byte now and then until the server says something or closes. */
    private static void dribble(RawHttp client) throws IOException {
        do {
            client.send("x");
        } while (!client.hasNews(PAUSE_MILLIS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "slow-body"})
    void a_provider_that_is_too_slow_is_given_up_at_the_deadline(String fault) throws IOException {
        long before = sandbox.received();
        long start = System.nanoTime();
        Answer answer = ask(hasty, call("X-Sandbox-Fault: " + fault + "\r\n"));

        assertThat(since(start)).isGreaterThan(DEADLINE.minusMillis(50));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(504);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_TIMED_OUT");
        assertThat(sandbox.received()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "slow-body"})
    void a_caller_who_waits_less_long_than_the_deadline_is_told_as_early(String fault) throws IOException {
        long before = sandbox.received();
        Answer answer = ask(call("X-Request-Timeout-Ms: 1000\r\nX-Sandbox-Fault: " + fault + "\r\n"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(504);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("CALLER_DEADLINE_OVER");
        assertThat(answer.body()).contains("within 1000 ms");
        assertThat(sandbox.received()).isEqualTo(before + 1);
    }

    @Test
    void a_reply_that_is_too_large_is_not_passed_on() throws IOException {
        long before = sandbox.received();
        Answer answer = ask(call("X-Sandbox-Fault: huge-body\r\n"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("REPLY_BREAKS_CONTRACT");
        assertThat(sandbox.received()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated-body", "reset", "close"})
    void a_call_that_broke_off_on_the_way_is_not_repeated(String fault) throws IOException {
        long before = sandbox.received();
        Answer answer = ask(call("X-Sandbox-Fault: " + fault + "\r\n"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
        assertThat(ask(call("")).status()).isEqualTo(200);
        assertThat(sandbox.received()).isEqualTo(before + 2);
    }

    private static Answer ask(String request) throws IOException {
        return ask(gateway, request);
    }

    private static Answer ask(TestGateway asked, String request) throws IOException {
        try (var client = new RawHttp(asked.port())) {
            client.send(request);
            return client.read();
        }
    }

    private static String call(String moreLines) {
        return head(
                        "POST /v1/sessions/migrate HTTP/1.1",
                        "Host: gateway",
                        "Authorization: " + Fixtures.consumerAuthorization(),
                        "Content-Type: application/json",
                        moreLines + "Content-Length: " + BODY.length())
                + BODY;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
