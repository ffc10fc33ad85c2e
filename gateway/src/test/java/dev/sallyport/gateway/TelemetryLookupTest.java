package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a lookup does to the calls around it: sharing, keeping, deadlines, the breaker. */
@Timeout(180)
final class TelemetryLookupTest {
    @RegisterExtension
    static final TelemetryCalls CALLS = new TelemetryCalls();

    @Test
    void many_calls_of_one_device_are_one_lookup() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            answers.add(CALLS.client()
                    .sendAsync(CALLS.migrate("telemetry-allow-many").build(), HttpResponse.BodyHandlers.ofString()));
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(CALLS.lookupsOf("telemetry-allow-many")).hasSize(1);
    }

    @Test
    void what_is_kept_for_one_secret_serves_no_other() throws Exception {
        assertThat(CALLS.send(CALLS.migrate("telemetry-allow-kept")).statusCode())
                .isEqualTo(200);
        String wrong = "Basic "
                + Base64.getEncoder()
                        .encodeToString((Fixtures.CONSUMER_PROJECT_ID + ":wrong").getBytes(StandardCharsets.UTF_8));

        var stranger = CALLS.send(CALLS.migrate("telemetry-allow-kept").setHeader("Authorization", wrong));

        assertThat(stranger.headers().firstValue("Sallyport-Rejection")).contains("TELEMETRY_UNAVAILABLE");
        assertThat(stranger.headers().firstValue("X-Telemetry-Verdict")).isEmpty();
        assertThat(CALLS.lookupsOf("telemetry-allow-kept")).hasSize(2);
    }

    @Test
    void the_lookup_takes_its_time_out_of_the_calls_deadline() throws Exception {
        CompletableFuture<HttpResponse<String>> lookedUpSlowly = hanging("telemetry-slow-deadline");
        CALLS.awaitLookup("telemetry-slow-deadline");
        Executor halfOfTheLookupLater = CompletableFuture.delayedExecutor(750, TimeUnit.MILLISECONDS);

        CompletableFuture.runAsync(() -> hanging("telemetry-allow-deadline").join(), halfOfTheLookupLater)
                .join();

        assertThat(lookedUpSlowly)
                .as("the call that began first has the same deadline")
                .isDone();
        HttpResponse<String> answer = lookedUpSlowly.join();
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("PROVIDER_TIMED_OUT");
        assertThat(CALLS.requests(TelemetryCalls.MIGRATE))
                .anyMatch(request -> request.header("X-Telemetry-Verdict").equals(Optional.of("TIMEOUT")));
    }

    private static CompletableFuture<HttpResponse<String>> hanging(String telemetryId) {
        var call = CALLS.migrate(telemetryId).header("X-Sandbox-Fault", "hang");
        return CALLS.client().sendAsync(call.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_provider_that_fails_is_left_alone_and_asked_again_later() throws Exception {
        for (int number = 0; number < 4; number++) {
            assertThat(CALLS.send(CALLS.migrate("telemetry-down-breaker-" + number))
                            .statusCode())
                    .isEqualTo(503);
        }
        State failing = CALLS.breaker().getState();
        HttpResponse<String> untried = CALLS.send(CALLS.migrate("telemetry-down-breaker-untried"));

        var calls = new AtomicInteger();
        Waiting.until("the breaker is closed", () -> {
            CALLS.send(CALLS.migrate("telemetry-allow-breaker-" + calls.incrementAndGet()));
            return CALLS.breaker().getState() == State.CLOSED;
        });

        assertThat(failing).isEqualTo(State.OPEN);
        assertThat(untried.statusCode()).isEqualTo(503);
        assertThat(CALLS.lookupsOf("telemetry-down-breaker-untried")).isEmpty();
        assertThat(CALLS.gateway().scraped()).anyMatch(line -> line.startsWith("resilience4j_circuitbreaker_state{"));
    }

    @Test
    void a_good_device_in_the_header_does_not_cover_for_the_one_in_the_body() throws Exception {
        String body = "{\"telemetry_id\":\"telemetry-block-covered\"}";

        HttpResponse<String> answer = CALLS.send(CALLS.request(
                "/v1/sessions/attest", Fixtures.consumerAuthorization(), body, "telemetry-allow-covering"));

        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("DEVICE_REFUSED");
        assertThat(CALLS.lookupsOf("telemetry-allow-covering")).isEmpty();
    }
}
