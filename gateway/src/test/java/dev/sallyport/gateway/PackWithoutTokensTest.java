package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.tools.openapi.OpenApiImport;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.pack.NewPack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pack from an OpenAPI document, which says nothing of session tokens, and projects that are listed. */
@Timeout(180)
final class PackWithoutTokensTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: Tickets, version: "1"}
            paths:
              /tickets:
                get:
                  operationId: tickets.list
                  responses: {"200": {description: all, content: {application/json: {schema: {type: array}}}}}
            """;
    private static final String WARNING = "has no session tokens: none is verified, and no keys are fetched";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path pack;

    @BeforeEach
    void importPack() throws Exception {
        pack = folder.resolve("pack");
        var document = OpenApiDocument.read(DOCUMENT.getBytes(StandardCharsets.UTF_8), "tickets.yml");
        new NewPack(pack).write(OpenApiImport.of(document, ImportOptions.NONE));
    }

    @Test
    void it_is_ready_without_keys_that_nothing_needs() throws Exception {
        try (var gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                "--sallyport.provider.pack=" + pack,
                "--sallyport.provider.projects[0].id=project-one")) {
            URI readiness = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/health/readiness");
            var client = HttpClient.newHttpClient();

            Waiting.until(
                    "ready",
                    () -> client.send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        }
    }

    @Test
    void check_says_that_no_token_is_verified() {
        assertThat(checked()).containsOnlyOnce(WARNING);
    }

    @Test
    void nothing_is_said_where_tokens_are_not_to_be_verified_or_are() {
        assertThat(checked("--sallyport.session-token.mode=off")).doesNotContain(WARNING);
        assertThat(checked("--sallyport.provider.pack=stytch")).doesNotContain(WARNING);
    }

    private String checked(String... more) {
        var out = new ByteArrayOutputStream();
        List<String> arguments = new java.util.ArrayList<>(List.of("--sallyport.provider.base-url=http://127.0.0.1:1"));
        arguments.addAll(List.of(more));
        if (arguments.stream().noneMatch(argument -> argument.contains(".pack="))) {
            arguments.add("--sallyport.provider.pack=" + pack);
        }
        int status = new ConfigurationCheck(new PrintStream(out, true, StandardCharsets.UTF_8), false).run(arguments);
        assertThat(status).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
