package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Contracts that are introduced bit by bit, let go of, and watched for drift, through a running gateway. */
@Timeout(120)
final class ContractModesTest {
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String EXCHANGE = "/v1/b2b/sessions/exchange";
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String TOO_SHORT =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":1}";

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults().withFaults(true),
            "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
            "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID,
            "--sallyport.contracts.operations.sessions.migrate.request.enforce=25%",
            "--sallyport.contracts.safety-catch.minimum=10",
            "--sallyport.contracts.safety-catch.hold=1h");

    @Test
    void a_share_of_calls_is_refused_and_no_caller_chooses_which() throws Exception {
        int refused = 0;
        for (int call = 0; call < 200; call++) {
            refused += isRefused(post(MIGRATE, TOO_SHORT, "X-Request-Id", "always the same")) ? 1 : 0;
        }

        assertThat(refused).isBetween(20, 80);
    }

    @Test
    void the_catch_lets_go_of_a_schema_that_replies_suddenly_break_and_never_of_session_tokens() throws Exception {
        String intoB = "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID + "\",\"session_token\":\""
                + Fixtures.MEMBER_SESSION_TOKEN + "\"}";
        for (int i = 0; i < 10; i++) {
            post(EXCHANGE, intoB, "X-Sandbox-Fault", "wrong-type");
        }

        HttpResponse<String> let = post(EXCHANGE, intoB, "X-Sandbox-Fault", "wrong-type");
        HttpResponse<String> forged = post(EXCHANGE, intoB, "X-Sandbox-Fault", "wrong-subject,wrong-type");
        HttpResponse<String> without = post(EXCHANGE, intoB, "X-Sandbox-Fault", "empty-jwt,wrong-type");

        assertThat(let.statusCode()).isEqualTo(200);
        assertThat(forged.headers().firstValue("Sallyport-Rejection")).contains("SESSION_TOKEN_REFUSED");
        assertThat(without.headers().firstValue("Sallyport-Rejection")).contains("SESSION_TOKEN_REFUSED");
        assertThat(shown("b2b.sessions.exchange").at("/safetyCatch/state").asString())
                .isEqualTo("released");
        assertThat(shown("b2b.sessions.exchange").at("/safetyCatch/secondsLeft").asInt())
                .isBetween(3000, 3600);
        assertThat(shown("sessions.migrate").at("/safetyCatch/state").asString())
                .isEqualTo("holds");
        assertThat(RUNNING.gateway().scraped())
                .anyMatch(line -> line.startsWith("sallyport_safety_catch{")
                        && line.contains("b2b.sessions.exchange")
                        && line.endsWith(" 1.0"));
    }

    @Test
    void what_a_provider_adds_is_counted_by_its_place() throws Exception {
        assertThat(post(MIGRATE, GOOD, "X-Sandbox-Fault", "unknown-field").statusCode())
                .isEqualTo(200);

        JsonNode unknown = shown("sessions.migrate").at("/unknown");

        assertThat(unknown.toString())
                .contains("sessions.migrate/reply.schema.json#/properties/sandbox_surprise")
                .contains("\"times\":");
        assertThat(RUNNING.gateway().scraped())
                .anyMatch(line -> line.startsWith("sallyport_contract_drift_total{")
                        && line.contains("unknown_field")
                        && !line.contains("sandbox_surprise"));
    }

    @Test
    void what_was_asked_for_and_not_given_is_counted_and_let_through() throws Exception {
        assertThat(shown("sessions.migrate").at("/rules/session-lasts-as-asked").asString())
                .isEqualTo("report");
        assertThat(post(MIGRATE, GOOD, "X-Request-Id", "as asked").statusCode()).isEqualTo(200);
        assertThat(shown("sessions.migrate").at("/violations").toString()).doesNotContain("as-asked");

        HttpResponse<String> shorter = post(MIGRATE, GOOD, "X-Sandbox-Fault", "short-session");

        assertThat(shorter.statusCode()).isEqualTo(200);
        assertThat(shown("sessions.migrate").at("/violations").toString()).contains("session-lasts-as-asked");
        assertThat(RUNNING.gateway().scraped())
                .anyMatch(line -> line.startsWith("sallyport_contract_violations_total{")
                        && line.contains(
                                "keyword=\"session-lasts-as-asked\",mode=\"report\",operation=\"sessions.migrate\"")
                        && line.endsWith(" 1.0"));
    }

    private static boolean isRefused(HttpResponse<String> answer) {
        return answer.headers().firstValue("Sallyport-Rejection").isPresent();
    }

    private static JsonNode shown(String operation) throws IOException {
        return RUNNING.gateway().contract(operation);
    }

    private static HttpResponse<String> post(String path, String body, String header, String value)
            throws IOException, InterruptedException {
        String authorization =
                path.startsWith("/v1/b2b") ? Fixtures.b2bAuthorization() : Fixtures.consumerAuthorization();
        return RUNNING.send(RUNNING.call(path, authorization, body).header(header, value));
    }
}
