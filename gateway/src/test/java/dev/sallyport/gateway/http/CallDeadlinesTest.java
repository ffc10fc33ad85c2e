package dev.sallyport.gateway.http;

import static dev.sallyport.gateway.http.CallEdge.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers say of how long they wait. The operation of this edge has ten seconds. */
@Timeout(120)
final class CallDeadlinesTest {
    private static final Duration OF_OPERATION = Duration.ofSeconds(10);

    private final CallEdge edge = new CallEdge();

    @AfterEach
    void stop() {
        edge.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "250, 250", "0250, 250", "9999, 9999", "10000, 10000", "10001, 10000", "999999999, 10000"})
    void a_caller_may_have_less_than_the_operation_gives_and_never_more(String said, long millis) throws Exception {
        try (var caller = edge.caller()) {
            caller.send(call("{}", "X-Request-Timeout-Ms: " + said));
            caller.answer();
        }

        Call call = requireNonNull(edge.asked.poll(1, TimeUnit.MINUTES));
        assertThat(call.deadline().nanos()).isEqualTo(Duration.ofMillis(millis).toNanos());
        assertThat(call.headers().first("x-request-timeout-ms"))
                .as("what the provider is told")
                .isNull();
    }

    @Test
    void without_a_word_a_call_has_what_its_operation_gives_from_its_head_on() throws Exception {
        long before = System.nanoTime();
        try (var caller = edge.caller()) {
            caller.send(call("{}"));
            caller.answer();
        }

        Call call = requireNonNull(edge.asked.poll(1, TimeUnit.MINUTES));
        assertThat(call.deadline().nanos()).isEqualTo(OF_OPERATION.toNanos());
        assertThat(call.deadline().start()).isBetween(before, System.nanoTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Request-Timeout-Ms: 0",
                "X-Request-Timeout-Ms:",
                "X-Request-Timeout-Ms: -1",
                "X-Request-Timeout-Ms: +1",
                "X-Request-Timeout-Ms: 1.5",
                "X-Request-Timeout-Ms: 1s",
                "X-Request-Timeout-Ms: 1, 2",
                "X-Request-Timeout-Ms: 1000000000",
                "X-Request-Timeout-Ms: 5\r\nx-request-timeout-ms: 5",
            })
    void what_is_no_number_of_milliseconds_is_refused(String fields) throws IOException {
        try (var caller = edge.caller()) {
            caller.send(call("{}", fields));

            assertThat(caller.answer()).startsWith("HTTP/1.1 400 ").contains("MALFORMED_HTTP", "X-Request-Timeout-Ms");
        }
        assertThat(edge.asked).isEmpty();
    }

    @Test
    void a_body_takes_from_the_time_of_its_call() throws IOException {
        try (var caller = edge.caller()) {
            String whole = call("{\"a\":1}", "X-Request-Timeout-Ms: 200");
            caller.send(whole.substring(0, whole.length() - 1));

            assertThat(caller.answer()).startsWith("HTTP/1.1 408 ").contains("BODY_TOO_SLOW");
            assertThat(caller.isEnded()).isTrue();
        }
        assertThat(edge.asked).isEmpty();
    }
}
