package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static dev.sallyport.gateway.ScriptedProvider.HANG_UP;
import static dev.sallyport.gateway.ScriptedProvider.SILENCE;
import static dev.sallyport.gateway.ScriptedProvider.error;
import static dev.sallyport.gateway.ScriptedProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider that fails is asked, over sockets. */
@Timeout(180)
final class CircuitBreakerTest {
    private static final int WINDOW = 4;
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String REVOKE = "/v1/sessions/revoke";
    private static final String TOKEN = "{\"session_token\":\"" + "a".repeat(44) + "\"}";
    private static final String REVOKED = "{\"status_code\":200,\"request_id\":\"request-id-test-2\"}";
    private static final String STATE = "resilience4j_circuitbreaker_state{name=\"provider.sessions-made\",state=\"";

    private ScriptedProvider provider;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        provider = new ScriptedProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.circuit-breaker.window=" + WINDOW,
                "--sallyport.circuit-breaker.slow=500ms",
                "--sallyport.circuit-breaker.slow-share=100%",
                "--sallyport.circuit-breaker.pause=2s",
                "--sallyport.deadline=60s");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {HANG_UP, SILENCE, "500"})
    void a_provider_that_fails_is_left_alone_for_a_pause_and_asked_again(String fate) throws Exception {
        provider.does(fate.equals("500") ? error(500, "internal_server_error") : fate);
        for (int call = 0; call < WINDOW; call++) {
            assertThat(call(MIGRATE, "X-Request-Timeout-Ms: 800").status()).isGreaterThanOrEqualTo(500);
        }
        assertThat(provider.asked()).as("none was made twice").hasSize(WINDOW);

        Answer refused = call(MIGRATE);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Sallyport-Rejection")).isEqualTo("CIRCUIT_OPEN");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        assertThat(refused.body()).contains("\"provider_unavailable\"");
        assertThat(provider.asked()).hasSize(WINDOW);
        assertThat(gateway.counted(STATE + "open\"}")).isEqualTo(1);

        provider.does(reply(200, REVOKED));
        assertThat(call(REVOKE).status()).as("another group goes on").isEqualTo(200);
        Waiting.until("it is asked again", () -> call(MIGRATE).status() != 503);
    }

    /** Each leaves before the provider can have answered, and there are always more of them than attempts that try. */
    @Test
    void callers_without_patience_do_not_keep_it_open() throws Exception {
        for (int call = 0; call < WINDOW; call++) {
            call(MIGRATE);
        }
        provider.does(reply(200, REVOKED));
        provider.takes(Duration.ofMillis(300));

        ExecutorService callers = Executors.newFixedThreadPool(12);
        Callable<Integer> impatient =
                () -> call(MIGRATE, "X-Request-Timeout-Ms: 250").status();
        try {
            Waiting.until("it is closed", () -> {
                callers.invokeAll(Collections.nCopies(12, impatient));
                return gateway.counted(STATE + "closed\"}") == 1;
            });
        } finally {
            callers.shutdownNow();
        }
    }

    private Answer call(String path, String... fields) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            String more = fields.length == 0 ? "" : fields[0] + "\r\n";
            client.send(head(
                            "POST " + path + " HTTP/1.1",
                            "Host: gateway",
                            "Authorization: " + Fixtures.consumerAuthorization(),
                            "Content-Type: application/json",
                            more + "Content-Length: " + TOKEN.length())
                    + TOKEN);
            return client.read();
        }
    }
}
