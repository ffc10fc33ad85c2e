package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Sinks;

/** Callers with an {@code Idempotency-Key} who leave before their answer is there, and come again. */
@Timeout(120)
final class ImpatientCallersTest {
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

    private final StubProvider provider = new StubProvider();
    private final Sinks.Empty<Void> gate = Sinks.empty();

    @AfterEach
    void close() {
        gate.tryEmitEmpty();
        provider.close();
    }

    @Test
    void who_left_and_comes_again_finds_the_answer_and_the_provider_saw_one_call() throws Exception {
        provider.waitsFor(gate.asMono());
        try (var gateway = gateway("--sallyport.deadline=60s")) {
            leaveInFlight(gateway);

            assertThat(ask(gateway).header("Sallyport-Rejection")).isEqualTo("DUPLICATE_CALL_IN_FLIGHT");
            gate.tryEmitEmpty();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Answer again = ask(gateway);
                assertThat(again.status()).isEqualTo(200);
                assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
            });
            assertThat(provider.asked(StubProvider.MIGRATE)).hasSize(1);
        }
    }

    @Test
    void a_call_that_was_left_ends_at_its_deadline_and_its_outcome_is_unknown() throws Exception {
        provider.waitsFor(gate.asMono());
        try (var gateway = gateway("--sallyport.deadline=1s")) {
            leaveInFlight(gateway);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ask(gateway).header("Sallyport-Rejection"))
                            .isEqualTo("CALL_OUTCOME_UNKNOWN"));
            assertThat(provider.asked(StubProvider.MIGRATE)).hasSize(1);
            await().untilAsserted(() -> assertThat(gateway.counted(
                            "reactor_netty_connection_provider_active_connections{id=\"provider\",name=\"provider\"}"))
                    .isZero());
        }
    }

    @Test
    @SuppressWarnings("try") // it is stopped within, to see what it says then
    void a_stop_waits_for_a_call_whose_caller_left() throws Exception {
        provider.waitsFor(gate.asMono());
        try (var gateway = gateway("--sallyport.deadline=60s");
                var log = new LogCapture()) {
            log.quiet();
            Counter stored = Counter.builder("sallyport.idempotency.ended")
                    .tags("operation", "sessions.migrate", "result", "stored")
                    .register(gateway.bean(MeterRegistry.class));
            try (var caller = new RawHttp(gateway.port())) {
                caller.send(request());
                await().until(() -> !provider.asked(StubProvider.MIGRATE).isEmpty());
                caller.reset();
            }
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> log.taken().contains("calls with a key are carried through"));
            assertThat(stopped).isNotDone();
            gate.tryEmitEmpty();

            assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
            assertThat(log.taken()).contains("every call was answered").doesNotContain("given up");
            assertThat(stored.count()).isEqualTo(1);
        }
    }

    private TestGateway gateway(String deadline) {
        return TestGateway.inFrontOf(provider.baseUrl(), "--sallyport.idempotency.mode=on", deadline);
    }

    private void leaveInFlight(TestGateway gateway) throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(request());
            await().until(() -> !provider.asked(StubProvider.MIGRATE).isEmpty());
        }
    }

    private static Answer ask(TestGateway gateway) throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(request());
            return caller.read();
        }
    }

    private static String request() {
        return "POST " + StubProvider.MIGRATE + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: "
                + Fixtures.consumerAuthorization()
                + "\r\nContent-Type: application/json\r\nIdempotency-Key: order-4711\r\n"
                + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY;
    }
}
