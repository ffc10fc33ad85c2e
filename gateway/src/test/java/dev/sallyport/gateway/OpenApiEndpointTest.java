package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.openapi.OpenApiExport;
import dev.sallyport.gateway.management.meters.BuildInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document of a running gateway is that of the contracts that serve calls, and of no others. */
@Timeout(120)
final class OpenApiEndpointTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REPLY = "sessions.migrate/reply.schema.json";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void the_document_is_what_the_command_prints_of_the_pack_that_serves() throws Exception {
        try (var running = new ReloadedGateway(folder)) {
            HttpResponse<String> published = published(running);

            assertThat(published.statusCode()).isEqualTo(200);
            assertThat(published.headers().firstValue("Content-Type")).contains("application/json");
            JsonNode document = JSON.readTree(published.body());
            assertThat(document).isEqualTo(exported());
            assertThat(document.at("/paths/~1v1~1sessions~1migrate/post/operationId")
                            .asString())
                    .isEqualTo("sessions.migrate");

            Path reply = running.pack(REPLY);
            String before = Files.readString(reply);
            Files.writeString(reply, "no schema");
            assertThat(published(running).statusCode())
                    .as("files that are still to be taken up")
                    .isEqualTo(503);
            assertThat(running.reload().statusCode()).isEqualTo(422);
            assertThat(published(running).body())
                    .as("files that were refused")
                    .isEqualTo(
                            "{\"problems\":[\"the pack's files are not those that serve calls: /actuator/contracts tells of the"
                                    + " last reload\"]}");

            Files.writeString(reply, before.replace("A session kept elsewhere", "Another session"));
            assertThat(running.reload().statusCode()).isEqualTo(200);
            assertThat(published(running).body()).contains("Another session");
        }
    }

    private JsonNode exported() {
        PackFiles files = PackFiles.of(folder.resolve("pack").toString());
        return JSON.readTree(JSON.writeValueAsBytes(OpenApiExport.of(files, new BuildInfo().version())));
    }

    private static HttpResponse<String> published(ReloadedGateway running) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + running.gateway().managementPort() + "/actuator/openapi");
        return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
