package dev.sallyport.examples.secured;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is run, with the sandbox as the provider. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // made before the tests
final class SecuredGatewayApplicationTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String PORTAL = basic("portal:portal-password");
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";

    private static Sandbox sandbox;
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        application = SpringApplication.run(
                SecuredGatewayApplication.class, "--server.port=0", "--provider.url=" + sandbox.baseUrl());
    }

    @AfterAll
    static void stop() {
        application.close();
        sandbox.close();
    }

    @Test
    void a_caller_that_is_not_known_gets_401_of_spring_security_and_the_provider_nothing() throws Exception {
        long before = sandbox.received();

        for (String authorization : List.of("", basic("portal:guessed"), Fixtures.consumerAuthorization())) {
            HttpResponse<String> answer = send(authorization, "");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(answer.headers().firstValue("Sallyport-Rejection")).isEmpty();
        }

        assertThat(sandbox.received()).isEqualTo(before);
    }

    @Test
    void a_known_caller_goes_through_the_contract_with_the_credentials_of_the_application() throws Exception {
        HttpResponse<String> answer = send(PORTAL, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"session_jwt\":\"ey");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff"); // of Spring Security
        var latest = sandbox.requests().get(sandbox.requests().size() - 1);
        assertThat(latest.header("authorization")).contains(Fixtures.consumerAuthorization());
    }

    @Test
    void a_reply_with_a_forged_token_is_refused() throws Exception {
        HttpResponse<String> answer = send(PORTAL, "wrong-key");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("SESSION_TOKEN_REFUSED");
        assertThat(answer.body()).doesNotContain("eyJ", Fixtures.EMAIL);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> send(String authorization, String fault)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port")
                + "/v1/sessions/migrate");
        HttpRequest.Builder call = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(GOOD));
        if (!authorization.isEmpty()) {
            call.header("Authorization", authorization);
        }
        if (!fault.isEmpty()) {
            call.header("X-Sandbox-Fault", fault);
        }
        return CLIENT.send(call.build(), BodyHandlers.ofString());
    }
}
