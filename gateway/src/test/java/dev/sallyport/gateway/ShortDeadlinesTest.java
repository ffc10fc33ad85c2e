package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Callers who leave so little time that no provider could keep it: that is their fault, and looks like no one else's. */
@Timeout(120)
final class ShortDeadlinesTest {
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

    private final StubProvider provider = new StubProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void what_ends_by_a_short_time_of_its_caller_is_the_callers_fault() throws Exception {
        provider.waitsFor(Mono.never());
        try (var gateway = TestGateway.inFrontOf(provider.baseUrl());
                var log = new LogCapture()) {
            for (int millis : List.of(1, 1, 1, 2, 5, 20, 100, 500, 1500)) {
                Answer answer = ask(gateway, millis);
                assertThat(answer.header("Sallyport-Rejection"))
                        .as(answer.toString())
                        .isIn("CALLER_DEADLINE_OVER", "BODY_TOO_SLOW");
            }

            assertThat(faults(gateway)).containsOnly("caller");
            assertThat(log.taken())
                    .contains("reason=\"CALLER_DEADLINE_OVER\"", "fault=\"CALLER\"")
                    .doesNotContain("The provider fails");
        }
    }

    @Test
    void so_is_a_connection_that_does_not_become_free_in_it() throws Exception {
        provider.waitsFor(Mono.never());
        try (var gateway = TestGateway.inFrontOf(provider.baseUrl(), "--sallyport.provider.pool.max-connections=1");
                var other = new RawHttp(gateway.port())) {
            other.send(request(60_000));
            await().until(() -> !provider.asked(StubProvider.MIGRATE).isEmpty());

            Answer answer = ask(gateway, 500);

            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.header("Sallyport-Rejection")).isEqualTo("CALLER_DEADLINE_OVER");
            assertThat(answer.body()).contains("The 500 ms that the caller left are over. All connections");
            assertThat(faults(gateway)).containsOnly("caller");
        }
    }

    @Test
    void a_fair_time_that_is_over_is_the_providers_fault() throws Exception {
        provider.waitsFor(Mono.never());
        try (var gateway = TestGateway.inFrontOf(provider.baseUrl(), "--sallyport.circuit-breaker.slow=300ms");
                var log = new LogCapture()) {
            Answer answer = ask(gateway, 1000);

            assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_TIMED_OUT");
            assertThat(faults(gateway)).containsOnly("provider");
            await().untilAsserted(() -> assertThat(log.taken()).contains("The provider fails"));
        }
    }

    private static List<String> faults(TestGateway gateway) throws IOException {
        return gateway.scraped()
                .filter(line -> line.startsWith("sallyport_calls_seconds_count{"))
                .map(line -> line.replaceAll(".*fault=\"([a-z]+)\".*", "$1"))
                .toList();
    }

    private static Answer ask(TestGateway gateway, int millis) throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(request(millis));
            return caller.read();
        }
    }

    private static String request(int millis) {
        return head(
                        "POST " + StubProvider.MIGRATE + " HTTP/1.1",
                        "Host: gateway",
                        "Authorization: " + Fixtures.consumerAuthorization(),
                        "Content-Type: application/json",
                        "X-Request-Timeout-Ms: " + millis,
                        "Content-Length: " + BODY.length())
                + BODY;
    }
}
