package dev.sallyport.starter;

import static dev.sallyport.starter.RunningApplication.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route with the contracts of a whole pack, in front of the sandbox. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // made before the tests
final class SessionContractTest {
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";

    private static Sandbox sandbox;
    private static RunningApplication application;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        application = RunningApplication.inFrontOf(
                sandbox.baseUrl(),
                List.of(
                        "AddResponseHeader=X-Served-By, example",
                        "SessionContract",
                        "AddRequestHeader=X-Source, example"),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID,
                "--sallyport.request.body-limit=4KB",
                "--sallyport.circuit-breaker.mode=off");
    }

    @AfterAll
    static void stop() {
        application.close();
        sandbox.close();
    }

    @Test
    void a_good_call_passes_and_filters_on_both_sides_of_the_contract_are_in_force() throws Exception {
        HttpResponse<String> answer = send(migrate(""));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"session_jwt\":\"ey");
        assertThat(answer.headers().allValues("X-Served-By")).containsExactly("example");
        assertThat(answer.headers().allValues("Content-Length")).hasSize(1);
        assertThat(application.counted("sallyport.calls", "operation", "sessions.migrate", "outcome", "ok"))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-key", "alg-none", "wrong-subject", "expired"})
    void a_forged_token_is_refused_and_nothing_of_the_providers_reply_is_left(String fault) throws Exception {
        HttpResponse<String> answer = send(migrate(fault + ",set-cookie"));

        assertRefused(answer, 502, "SESSION_TOKEN_REFUSED");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("X-Served-By")).contains("example");
        assertThat(answer.body()).doesNotContain("eyJ", Fixtures.EMAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"missing-field", "not-json", "empty-body", "huge-body", "gzip", "redirect", "status-500-html"})
    void a_reply_that_cannot_be_checked_does_not_pass(String fault) throws Exception {
        assertRefused(send(migrate(fault)), 502, "REPLY_BREAKS_CONTRACT");
    }

    @Test
    void the_providers_own_errors_pass() throws Exception {
        HttpResponse<String> answer = send(migrate("status-503"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).isEmpty();
    }

    @Test
    void a_call_that_breaks_its_contract_never_leaves() throws Exception {
        long before = sandbox.received();

        HttpResponse<String> answer =
                send(application.call(MIGRATE, Fixtures.consumerAuthorization(), GOOD.replace("60", "4")));

        assertRefused(answer, 400, "REQUEST_BREAKS_CONTRACT");
        assertThat(answer.body()).contains("/session_duration_minutes");
        assertThat(sandbox.received()).isEqualTo(before);
    }

    @Test
    void what_is_no_call_of_the_pack_is_refused_by_its_head() throws Exception {
        long before = sandbox.received();

        assertRefused(
                send(application.call("/v1/users/search", Fixtures.consumerAuthorization(), "{}")),
                404,
                "UNKNOWN_OPERATION");
        assertRefused(
                send(application.call(MIGRATE + "/", Fixtures.consumerAuthorization(), GOOD)),
                404,
                "UNKNOWN_OPERATION");
        HttpResponse<String> get = send(HttpRequest.newBuilder(application.uri(MIGRATE)));
        assertRefused(get, 405, "METHOD_NOT_ALLOWED");
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        HttpRequest.Builder form = migrate("").setHeader("Content-Type", "text/plain");
        assertRefused(send(form), 415, "UNSUPPORTED_MEDIA_TYPE");
        HttpRequest.Builder impatient = migrate("").header("X-Request-Timeout-Ms", "soon");
        assertRefused(send(impatient), 400, "MALFORMED_HTTP");

        assertThat(sandbox.received()).isEqualTo(before);
    }

    @Test
    void a_body_over_the_limit_is_refused_announced_or_not() throws Exception {
        String large = GOOD.replace("}", " ".repeat(5000) + "}");

        assertRefused(send(application.call(MIGRATE, Fixtures.consumerAuthorization(), large)), 413, "BODY_TOO_LARGE");
        HttpRequest.Builder chunked = migrate("").POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)));
        assertRefused(send(chunked), 413, "BODY_TOO_LARGE");
    }

    @Test
    void a_call_of_another_project_is_refused() throws Exception {
        String other =
                "Basic " + Base64.getEncoder().encodeToString("project-x:secret".getBytes(StandardCharsets.UTF_8));

        assertRefused(send(application.call(MIGRATE, other, GOOD)), 403, "UNKNOWN_PROJECT");
    }

    @Test
    void the_provider_gets_what_was_checked_and_what_later_filters_add_and_no_cookie() throws Exception {
        send(migrate("").header("Cookie", "a=b").header("X-HTTP-Method-Override", "DELETE"));

        var latest = sandbox.requests().get(sandbox.requests().size() - 1);
        assertThat(latest.bodyText()).isEqualTo(GOOD);
        assertThat(latest.headers())
                .containsEntry("x-source", List.of("example"))
                .containsEntry("accept-encoding", List.of("identity"))
                .doesNotContainKeys("cookie", "x-http-method-override");
    }

    private static HttpRequest.Builder migrate(String fault) {
        HttpRequest.Builder call = application.call(MIGRATE, Fixtures.consumerAuthorization(), GOOD);
        return fault.isEmpty() ? call : call.header("X-Sandbox-Fault", fault);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String reason) {
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains(reason);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"status_code\":" + status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }
}
