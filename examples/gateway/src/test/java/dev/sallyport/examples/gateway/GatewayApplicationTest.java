package dev.sallyport.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is run, with the sandbox as the provider. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // made before the tests
final class GatewayApplicationTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";

    private static Sandbox sandbox;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        application = SpringApplication.run(
                GatewayApplication.class, "--server.port=0", "--provider.url=" + sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        application.close();
        sandbox.close();
    }

    @Test
    void a_session_call_passes_by_its_path_and_under_the_applications_own() throws Exception {
        for (String path : new String[] {MIGRATE, "/portal/session"}) {
            HttpResponse<String> answer = send(call(path, GOOD));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"session_jwt\":\"ey");
        }
    }

    @Test
    void a_reply_with_a_forged_token_is_refused() throws Exception {
        HttpResponse<String> answer = send(call(MIGRATE, GOOD).header("X-Sandbox-Fault", "wrong-key,set-cookie"));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("SESSION_TOKEN_REFUSED");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).doesNotContain("eyJ", Fixtures.EMAIL);
    }

    @Test
    void a_call_that_breaks_its_contract_is_told_where() throws Exception {
        HttpResponse<String> answer = send(call(MIGRATE, GOOD.replace("60", "\"long\"")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/session_duration_minutes");
    }

    @Test
    void a_route_without_contracts_is_as_it_was() throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri("/sandbox/stats"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_application_is_ready_with_the_keys_and_counts_calls() throws Exception {
        await().until(() ->
                send(HttpRequest.newBuilder(uri("/actuator/health/readiness"))).statusCode() == 200);
        send(call(MIGRATE, GOOD));

        String scraped =
                send(HttpRequest.newBuilder(uri("/actuator/prometheus"))).body();

        assertThat(scraped)
                .contains("sallyport_calls_seconds_count{", "operation=\"sessions.migrate\"", "sallyport_jwks_keys{");
    }

    private static HttpRequest.Builder call(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return CLIENT.send(call.build(), BodyHandlers.ofString());
    }
}
