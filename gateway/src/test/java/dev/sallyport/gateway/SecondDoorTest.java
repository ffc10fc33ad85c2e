package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies and session tokens that must not pass, broken by the sandbox on request, through a running gateway. */
@Timeout(120)
class SecondDoorTest {
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults().withFaults(true),
            "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
            "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID,
            "--sallyport.session-token.jwks.unknown-key-interval=100ms");

    @ParameterizedTest
    @CsvSource({
        "wrong-key, bad_signature",
        "unknown-kid, unknown_key",
        "alg-none, wrong_algorithm",
        "alg-hs256, wrong_algorithm",
        "expired, expired",
        "not-yet-valid, not_yet_valid",
        "issued-in-future, issued_in_future",
        "long-lifetime, lives_too_long",
        "wrong-issuer, wrong_issuer",
        "wrong-audience, wrong_audience",
        "wrong-subject, not_bound",
        "wrong-session, not_bound",
        "no-session-claim, claims_break_contract",
        "empty-jwt, not_bound",
        "garbage-jwt, malformed",
    })
    void a_doubtful_session_token_is_refused_and_the_metric_says_why(String fault, String result) throws Exception {
        double before = counted(result);

        HttpResponse<String> answer = migrate(fault + ",set-cookie");

        assertRefused(answer, "SESSION_TOKEN_REFUSED");
        assertThat(counted(result)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing-field",
                "wrong-type",
                "null-field",
                "duplicate-key",
                "not-json",
                "not-utf8",
                "deep-json",
                "empty-body",
                "huge-body",
                "gzip",
                "redirect",
                "html-media-type"
            })
    void a_broken_reply_is_refused(String fault) throws Exception {
        HttpResponse<String> answer = migrate(fault + ",set-cookie");

        assertRefused(answer, "REPLY_BREAKS_CONTRACT");
    }

    @Test
    void a_token_of_another_organization_is_refused() throws Exception {
        String body = "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID + "\",\"session_token\":\""
                + Fixtures.MEMBER_SESSION_TOKEN + "\"}";

        HttpResponse<String> answer =
                send("/v1/b2b/sessions/exchange", Fixtures.b2bAuthorization(), body, "wrong-organization");

        assertRefused(answer, "SESSION_TOKEN_REFUSED");
    }

    @Test
    void a_page_of_a_proxy_is_no_error_of_the_providers() throws Exception {
        assertRefused(migrate("status-500-html"), "REPLY_BREAKS_CONTRACT");
    }

    @ParameterizedTest
    @CsvSource({"status-503, 503", "status-429, 429"})
    void the_providers_own_errors_pass_untouched(String fault, int status) throws Exception {
        HttpResponse<String> through = migrate(fault);

        HttpResponse<String> direct = send(
                URI.create(RUNNING.sandbox().baseUrl() + "/v1/sessions/migrate"),
                Fixtures.consumerAuthorization(),
                GOOD,
                fault);
        assertThat(through.statusCode()).isEqualTo(status);
        assertThat(through.headers().firstValue("Sallyport-Rejection")).isEmpty();
        assertThat(withoutRequestId(through.body())).isEqualTo(withoutRequestId(direct.body()));
    }

    @Test
    void a_session_signed_with_a_key_that_was_just_rotated_in_passes() throws Exception {
        assertThat(migrate("").statusCode()).isEqualTo(200);
        long fetches = RUNNING.sandbox().jwksFetches();
        RUNNING.sandbox().rotateKeys(Fixtures.CONSUMER_PROJECT_ID);

        // An unknown key asks for one fetch an interval, and tests run in any order: an earlier one may have had it.
        Waiting.until("the new key is known", () -> migrate("").statusCode() == 200);

        assertThat(RUNNING.sandbox().jwksFetches() - fetches).isBetween(1L, 3L);
    }

    private static void assertRefused(HttpResponse<String> answer, String reason) {
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains(reason);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).contains("\"status_code\":502").doesNotContain("eyJ", Fixtures.EMAIL, "session_jwt");
    }

    private static String withoutRequestId(String body) {
        return body.replaceAll("request-id-[a-z0-9-]+", "");
    }

    private static HttpResponse<String> migrate(String fault) throws IOException, InterruptedException {
        return send("/v1/sessions/migrate", Fixtures.consumerAuthorization(), GOOD, fault);
    }

    private static HttpResponse<String> send(String path, String authorization, String body, String fault)
            throws IOException, InterruptedException {
        return send(URI.create("http://127.0.0.1:" + RUNNING.gateway().port() + path), authorization, body, fault);
    }

    private static HttpResponse<String> send(URI uri, String authorization, String body, String fault)
            throws IOException, InterruptedException {
        HttpRequest.Builder call = RUNNING.call(uri, authorization, body);
        return RUNNING.send(fault.isEmpty() ? call : call.header("X-Sandbox-Fault", fault));
    }

    private static double counted(String result) throws IOException {
        return RUNNING.gateway()
                .scraped()
                .filter(line -> line.startsWith("sallyport_session_tokens_total{result=\"" + result + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
