package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static dev.sallyport.gateway.ScriptedProvider.error;
import static dev.sallyport.gateway.ScriptedProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** What the provider sees of calls once it answered 429, over sockets. Each test has credentials of its own. */
@Timeout(120)
final class ProviderHoldTest {
    private static final String MADE =
            "/contracts/stytch/sessions.migrate/examples/accepted/no-session-is-asked-for-and-none-is-made.json";
    private static final String HOLDS = "sallyport_provider_holds_total{operation=\"sessions.migrate\"}";
    private static final String HELD = "sallyport_held_calls_total{operation=\"sessions.migrate\"}";

    private static ScriptedProvider provider;
    private static TestGateway gateway;

    private final String secret = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws IOException {
        provider = new ScriptedProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.idempotency.mode=on",
                "--sallyport.retry.backoff=1ms",
                "--sallyport.retry.minimum=1000");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @Test
    void calls_are_not_sent_until_the_provider_wants_them_and_the_log_says_so() throws IOException {
        provider.does(reply(200, made()), error(429, "too_many_requests", "Retry-After: 3600"));
        double holds = gateway.counted(HOLDS);
        double held = gateway.counted(HELD);
        Answer limited;
        Answer refused;
        String lines;
        try (var log = new LogCapture()) {
            log.informed();
            limited = migrate(secret, "");
            refused = migrate(secret, "");
            migrate(secret, "");
            lines = log.taken();
        }
        Answer other = migrate(secret + "2", "");

        assertThat(limited.header("Sallyport-Rejection")).isEmpty();
        assertThat(limited.header("Retry-After")).isEqualTo("3600");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Sallyport-Rejection")).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(refused.body()).contains("\"error_type\":\"too_many_requests\"", "the provider limits calls");
        assertThat(other.status()).as(other.body()).isEqualTo(200);
        assertThat(provider.asked()).hasSize(2);
        assertThat(gateway.counted(HOLDS) - holds).isEqualTo(1);
        assertThat(gateway.counted(HELD) - held).isEqualTo(2);
        assertThat(lines).containsOnlyOnce("The provider limits calls: those").contains("sessions.migrate");
        assertThat(lines).doesNotContain(secret, credentials(secret));
    }

    @Test
    void a_call_that_passes_when_it_is_repeated_is_no_429() throws IOException {
        for (int call = 0; call < 3; call++) {
            provider.does(reply(200, made()), error(429, "too_many_requests"), error(429, "too_many_requests"));

            assertThat(migrate(secret, "").status()).isEqualTo(200);
            assertThat(provider.asked()).hasSize(3);
        }
    }

    @Test
    void a_call_that_was_repeated_in_vain_counts_once() throws IOException {
        provider.does(error(429, "too_many_requests"));

        migrate(secret, "");
        migrate(secret, "");
        Answer refused = migrate(secret, "");

        assertThat(refused.header("Sallyport-Rejection")).isEqualTo("RATE_LIMITED");
        assertThat(provider.asked()).hasSize(6);
    }

    @Test
    void what_was_done_is_told_again_meanwhile_and_a_held_call_leaves_its_key_free() throws IOException {
        String done = UUID.randomUUID().toString();
        String toCome = UUID.randomUUID().toString();
        provider.does(reply(200, made()), reply(200, made()), error(429, "too_many_requests", "Retry-After: 3600"));
        migrate(secret, done);
        migrate(secret, UUID.randomUUID().toString());

        Answer again = migrate(secret, done);
        Answer refused = migrate(secret, toCome);
        Answer stillRefused = migrate(secret, toCome);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(refused.header("Sallyport-Rejection")).isEqualTo("RATE_LIMITED");
        assertThat(stillRefused.header("Sallyport-Rejection")).isEqualTo("RATE_LIMITED");
        assertThat(provider.asked()).hasSize(2);
    }

    private static String made() throws IOException {
        try (InputStream example = Objects.requireNonNull(ProviderHoldTest.class.getResourceAsStream(MADE))) {
            return new JsonMapper().readTree(example).path("reply").toString();
        }
    }

    private static String credentials(String secret) {
        return Base64.getEncoder().encodeToString(("project-test-1:" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** @param key of a keyed call; empty for none */
    private static Answer migrate(String secret, String key) throws IOException {
        String body = "{\"session_token\":\"token\"}";
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(
                            "POST /v1/sessions/migrate HTTP/1.1",
                            "Host: gateway",
                            "Authorization: Basic " + credentials(secret),
                            key.isEmpty() ? "X-Request-Id: none" : "Idempotency-Key: " + key,
                            "Content-Type: application/json",
                            "Content-Length: " + body.length())
                    + body);
            return client.read();
        }
    }
}
