package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reload does to other calls: a path that is contracted from now on is off their routes at once. */
@Timeout(300)
final class OtherCallsReloadTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void a_path_that_a_reload_contracts_is_off_the_routes_at_once_and_limits_are_taken_up() throws Exception {
        Path pack = folder.resolve("pack");
        PackCopy.into(pack);
        Path settings = folder.resolve("sallyport.yml");
        Files.writeString(settings, "sallyport.other-calls: [{ id: all, predicates: ['Path=/**'] }]\n");
        try (var provider = new EchoUpstream();
                var gateway = TestGateway.inFrontOf(
                        provider.baseUrl(),
                        "--spring.config.additional-location=" + settings.toUri(),
                        "--sallyport.provider.pack=" + pack,
                        "--sallyport.reload.watch=false")) {
            assertThat(ask(gateway, "/v1/keys/project-1/").status()).isEqualTo(200);
            assertThat(ask(gateway, "/v1/sessions/jwks/project-1/").status()).isEqualTo(404);
            assertThat(provider.taken()).hasSize(1);

            Path catalog = pack.resolve("catalog.yml");
            Files.writeString(
                    catalog,
                    Files.readString(catalog).replace("/v1/sessions/jwks/{project_id}", "/v1/keys/{project_id}"));
            Files.writeString(
                    settings,
                    "sallyport.other-calls: [{ id: none, predicates: ['Path=/none'] }]\n"
                            + "sallyport.rate-limits.limits: [{ name: few, key: address, permits: 2, per: 1h }]\n");
            String report = reload(gateway);

            assertThat(report).contains("contract pack", "sallyport.rate-limits");
            assertThat(report).containsPattern("\"needRestart\":\\[[^]]*\"sallyport.other-calls\"");
            for (String spelling :
                    new String[] {"/v1/keys/project-1/", "/V1/keys/project-1", "/v1/keys.json/project-1"}) {
                assertThat(ask(gateway, spelling).header("Sallyport-Rejection")).isEqualTo("UNKNOWN_OPERATION");
            }
            assertThat(provider.taken()).isEmpty();
            assertThat(ask(gateway, "/v1/sessions/jwks/project-1/").status()).isEqualTo(200);
            assertThat(ask(gateway, "/v1/users").status()).isEqualTo(200);
            assertThat(ask(gateway, "/v1/users").header("Sallyport-Rejection")).isEqualTo("RATE_LIMITED");
        }
    }

    private static String reload(TestGateway gateway) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.contractsUrl())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"action\":\"reload\"}"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static Answer ask(TestGateway gateway, String path) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(head("GET " + path + " HTTP/1.1", HOST, AUTHORIZATION));
            return client.read();
        }
    }
}
