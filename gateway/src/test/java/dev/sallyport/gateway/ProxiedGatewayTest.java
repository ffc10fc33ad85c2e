package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a network where only a proxy leads out, and knows names. */
@Timeout(120)
final class ProxiedGatewayTest {
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Sandbox sandbox;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ConnectProxy proxy;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        proxy = new ConnectProxy();
        Path credentials = Files.writeString(folder.resolve("credentials"), "gateway:hush-hush");
        gateway = TestGateway.inFrontOf(
                "http://provider.invalid:" + URI.create(sandbox.baseUrl()).getPort(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.egress.proxy.url=" + proxy.url(),
                "--sallyport.egress.proxy.credentials-file=" + credentials);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        proxy.close();
        sandbox.close();
    }

    @Test
    void keys_and_calls_go_through_the_proxy_and_what_it_refuses_is_told_without_a_word_of_it() throws Exception {
        Waiting.until("keys were fetched", () -> sandbox.jwksFetches() > 0);
        assertThat(migrated().statusCode()).isEqualTo(200);
        assertThat(proxy.targets())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(("provider.invalid:" + URI.create(sandbox.baseUrl()).getPort())::equals);
        assertThat(sandbox.requests())
                .noneMatch(request -> request.header("Proxy-Authorization").isPresent());

        proxy.answers("HTTP/1.1 407 No\r\nX-Word: hush\r\nContent-Length: 0\r\n\r\n");
        proxy.hangUp();
        try (var log = new LogCapture()) {
            HttpResponse<String> refused =
                    Waiting.until("the kept connection is gone", this::migrated, it -> it.statusCode() != 200);

            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.headers().firstValue("Sallyport-Rejection")).contains("PROVIDER_UNREACHABLE");
            assertThat(refused.body())
                    .contains("the proxy on the way made no connection to it. The call was not made.")
                    .doesNotContain("hush", "407");
            assertThat(log.taken()).contains("NoTunnel: the proxy answered 407").doesNotContain("hush");
        }
    }

    private HttpResponse<String> migrated() throws Exception {
        var call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/sessions/migrate"))
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(BODY));
        return CLIENT.send(call.build(), BodyHandlers.ofString());
    }
}
