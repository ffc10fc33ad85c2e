package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static dev.sallyport.gateway.ScriptedProvider.CUT_SHORT;
import static dev.sallyport.gateway.ScriptedProvider.HANG_UP;
import static dev.sallyport.gateway.ScriptedProvider.error;
import static dev.sallyport.gateway.ScriptedProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider sees of calls that fail on their way, over sockets. */
@Timeout(120)
final class RepeatedCallsTest {
    private static final String TOKEN = "{\"session_token\":\"" + "a".repeat(44) + "\"}";
    private static final String REVOKED = "{\"status_code\":200,\"request_id\":\"request-id-test-2\"}";

    private static ScriptedProvider provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new ScriptedProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.retry.backoff=1ms",
                "--sallyport.retry.minimum=1000",
                "--sallyport.rate-limits.follow-provider=false",
                "--sallyport.deadline=60s");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sessions/migrate",
                "/v1/sessions/exchange_access_token",
                "/v1/b2b/sessions/migrate",
                "/v1/b2b/sessions/exchange_access_token"
            })
    void what_makes_a_session_is_sent_once_where_it_may_have_been_carried_out(String path) throws IOException {
        for (String fate : new String[] {
            HANG_UP,
            CUT_SHORT,
            error(500, "internal_server_error"),
            error(502, "bad_gateway"),
            error(503, "other_error"),
            error(429, "user_lock_limit_reached")
        }) {
            provider.does(reply(200, "{}"), fate);

            assertThat(call(path, body(path)).status()).as(path + fate).isNotEqualTo(200);
            assertThat(provider.asked()).as(path + fate).hasSize(1);
        }
    }

    private static String body(String path) {
        String organization =
                path.endsWith("b2b/sessions/migrate") ? ",\"organization_id\":\"organization-test-1\"" : "";
        return path.endsWith("access_token")
                ? "{\"access_token\":\"token\"}"
                : "{\"session_token\":\"token\"" + organization + "}";
    }

    @Test
    void what_the_provider_did_not_carry_out_is_sent_again() throws IOException {
        provider.does(error(400, "bad_request"), error(429, "too_many_requests", "Retry-After: 0"));

        assertThat(call("/v1/sessions/migrate", "{\"session_token\":\"token\"}").status())
                .isEqualTo(400);
        assertThat(provider.asked()).hasSize(2);
        assertThat(gateway.counted("sallyport_attempts_total{operation=\"sessions.migrate\",result=\"rate_limited\"}"))
                .isPositive();
        assertThat(gateway.counted("sallyport_retries_total{operation=\"sessions.migrate\",why=\"rate_limited\"}"))
                .isPositive();
    }

    @Test
    void a_caller_is_not_kept_waiting_for_what_the_provider_wants_later_than_its_time() throws IOException {
        provider.does(reply(200, REVOKED), error(429, "too_many_requests", "Retry-After: 61"));

        Answer answer = call("/v1/sessions/revoke", TOKEN);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("61");
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void a_revoke_whose_answer_was_lost_is_repeated_and_its_success_told() throws IOException {
        provider.does(error(404, "session_not_found"), HANG_UP);

        Answer answer = call("/v1/sessions/revoke", TOKEN);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status_code\":200,\"request_id\":\"request-id-test-1\"}");
        assertThat(answer.header("Sallyport-Concluded")).isEqualTo("done-before");
        assertThat(provider.asked()).hasSize(2);
    }

    @Test
    void a_revoke_that_finds_nothing_at_first_is_told_so() throws IOException {
        provider.does(error(404, "session_not_found", "Sallyport-Concluded: forged"));

        Answer answer = call("/v1/sessions/revoke", TOKEN);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Sallyport-Concluded")).isEmpty();
        assertThat(provider.asked()).hasSize(1);
    }

    private static Answer call(String path, String body) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(
                            "POST " + path + " HTTP/1.1",
                            "Host: gateway",
                            "Authorization: " + Fixtures.consumerAuthorization(),
                            "Content-Type: application/json",
                            "Content-Length: " + body.length())
                    + body);
            return client.read();
        }
    }
}
