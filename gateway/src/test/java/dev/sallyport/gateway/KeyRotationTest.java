package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.KeyRun.Figures;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys that change, and key ids that are made up, with the settings that a gateway has by default. With {@code -Dkey.ids=10000} so
 * many are made up.
 */
@Timeout(300)
final class KeyRotationTest {
    private static final int MADE_UP = Integer.getInteger("key.ids", 2_000);

    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static KeyRun run;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true).withPresigned(20));
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID);
        run = new KeyRun(sandbox, gateway);
        Waiting.until("ready", () -> run.managed("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        run.close();
        gateway.close();
        sandbox.close();
    }

    @Test
    void keys_that_are_rotated_every_second_never_cost_a_session() throws Exception {
        int rotations = 8;
        CompletableFuture<Void> rotating = CompletableFuture.completedFuture(null);
        for (int rotation = 0; rotation < rotations; rotation++) {
            rotating = rotating.thenRunAsync(
                    () -> sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID),
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
        }
        CompletableFuture<Void> last = rotating;
        var enough = KeyRun.after(Duration.ofSeconds(9));

        Figures figures =
                run.whileCalling("rotated every second", run::migrate, () -> last.isDone() && enough.getAsBoolean());

        assertThat(figures.calls()).isGreaterThan(20);
        assertThat(figures.failures()).isZero();
        assertThat(figures.fetches()).isBetween(1L, rotations + 3L);
        assertThat(run.migrate()).isEqualTo("200");
    }

    @Test
    void thousands_of_made_up_key_ids_cost_a_handful_of_fetches_and_no_valid_call() throws Exception {
        var numbers = new AtomicLong();

        Figures figures = run.calling(
                "made-up key ids, every eleventh call valid",
                MADE_UP / 10L * 11,
                () -> run.exchange(numbers.incrementAndGet() % 11 == 0 ? "" : "random-kid"));

        assertThat(figures.outcomes())
                .containsOnly(Map.entry("200", MADE_UP / 10L), Map.entry("502 SESSION_TOKEN_REFUSED", (long) MADE_UP));
        assertThat(figures.fetches())
                .isBetween(1L, 4L + figures.took().dividedBy(30).toSeconds());
    }

    @Test
    void the_management_port_shows_the_keys_and_no_secret() throws Exception {
        HttpResponse<String> shown = run.managed("/actuator/keys");

        assertThat(shown.statusCode()).isEqualTo(200);
        JsonNode consumer = shown(shown.body(), Fixtures.CONSUMER_PROJECT_ID, "sessions.jwks");
        assertThat(consumer.path("keyIds").path(0).stringValue()).startsWith("jwk-test-");
        assertThat(consumer.path("usable").booleanValue()).isTrue();
        assertThat(consumer.path("ageSeconds").longValue()).isBetween(0L, 600L);
        assertThat(consumer.path("failuresInARow").intValue()).isZero();
        Instant lastSuccess = Instant.parse(consumer.path("lastSuccess").stringValue());
        assertThat(Instant.parse(consumer.path("nextRefresh").stringValue()))
                .isBetween(lastSuccess.plusSeconds(9 * 60), lastSuccess.plusSeconds(10 * 60));
        JsonNode other = shown(shown.body(), Fixtures.CONSUMER_PROJECT_ID, "b2b.sessions.jwks");
        assertThat(other.path("keyIds").isEmpty()).isTrue();
        assertThat(other.path("refused").path("not_published").longValue()).isPositive();
        assertThat(other.path("lastRefusal").stringValue()).isEqualTo("not_published");
        assertThat(shown.body()).doesNotContain("secret", "\"n\":", "\"d\":");
    }

    private static JsonNode shown(String body, String project, String operation) {
        return JsonMapper.shared().readTree(body).path("issuers").values().stream()
                .filter(issuer -> issuer.path("project").stringValue().equals(project))
                .filter(issuer -> issuer.path("operation").stringValue().equals(operation))
                .findFirst()
                .orElseThrow();
    }
}
