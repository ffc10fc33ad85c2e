package dev.sallyport.gateway;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in a tree of files, one for each, as Kubernetes mounts them: read again when they are replaced, and never shown. */
@Timeout(120)
final class SecretsTest {
    private static final String FIRST = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzLi4=";
    private static final String SECOND = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzISE=";
    private static final String THIRD = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzPz8=";
    private static final String TOKEN = "a-token-of-the-scraper-1";
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Sandbox sandbox;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        keysAre(FIRST, THIRD);
        Files.writeString(folder.resolve("sallyport.store.url"), "redis://user:hush-hush@127.0.0.1:1");
        sandbox = Sandbox.start(SandboxOptions.defaults());
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--spring.config.import=configtree:" + folder + "/",
                "--sallyport.idempotency.mode=on",
                "--sallyport.reload.interval=100ms",
                "--sallyport.management.token-file="
                        + Files.writeString(folder.resolveSibling(folder.getFileName() + "-token"), TOKEN),
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.env.access=read-only",
                "--management.endpoint.configprops.access=read-only");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        sandbox.close();
        Files.delete(folder.resolveSibling(folder.getFileName() + "-token"));
    }

    @Test
    void keys_are_replaced_while_calls_run_and_no_endpoint_shows_a_secret() throws Exception {
        assertThat(isReplay()).isFalse();
        assertThat(isReplay()).isTrue();
        for (String path : List.of("contracts", "keys", "health", "prometheus", "env", "configprops")) {
            HttpResponse<String> told = told(path);
            assertThat(told.statusCode()).as(path).isEqualTo(200);
            assertThat(told.body()).as(path).doesNotContain(FIRST, "hush-hush", TOKEN);
        }

        keysAre(SECOND, FIRST);
        taken(2);
        assertThat(isReplay()).as("the key before is looked under as well").isTrue();

        keysAre(SECOND, THIRD);
        taken(3);
        assertThat(isReplay())
                .as("what was remembered under a key that is gone")
                .isFalse();
    }

    /** The connection is made in the background; that the new ones are used for it is tried with a server of its own. */
    @Test
    void credentials_in_the_stores_address_are_taken_up_and_another_address_waits_for_a_restart() throws Exception {
        Files.writeString(folder.resolve("sallyport.store.url"), "redis://user:hush-again@127.0.0.1:1");

        taken(2);
        assertThat(lastReload()).contains("\"changed\":[\"sallyport.store.url\"]", "\"needRestart\":[]");

        Files.writeString(folder.resolve("sallyport.store.url"), "redis://user:hush-again@127.0.0.1:2");
        Waiting.until("it is told", () -> lastReload().contains("\"needRestart\":[\"sallyport.store\"]"));
        assertThat(lastReload()).contains("\"generation\":2").doesNotContain("hush");
    }

    private String lastReload() throws Exception {
        return told("contracts").body().replaceFirst(",\"operations\":.*", "");
    }

    /**
     * Always two, and the one behind first: what is between one file and the next may be looked at, and the same key twice is refused.
     */
    private void keysAre(String... keys) throws IOException {
        for (int index = keys.length - 1; index >= 0; index--) {
            Files.writeString(folder.resolve("sallyport.idempotency.keys[" + index + "]"), keys[index] + "\n");
        }
    }

    private void taken(int generation) {
        Waiting.until("the keys are taken up", () -> told("contracts").body().contains("\"generation\":" + generation));
    }

    private boolean isReplay() throws Exception {
        var call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/sessions/migrate"))
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "one-and-the-same-key")
                .POST(BodyPublishers.ofString(BODY));
        HttpResponse<String> answer = CLIENT.send(call.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("Idempotent-Replayed").equals(Optional.of("true"));
    }

    private HttpResponse<String> told(String endpoint) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/" + endpoint);
        var request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + TOKEN);
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
