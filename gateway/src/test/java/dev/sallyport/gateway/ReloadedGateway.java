package dev.sallyport.gateway;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A gateway whose settings and contract pack lie in files, and the calls that a test of reloads makes. */
final class ReloadedGateway implements AutoCloseable {
    private final Path pack;
    private final Path settings;
    private final Sandbox sandbox;
    private final TestGateway gateway;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** With more settings, as on the command line. */
    ReloadedGateway(Path folder, String... more) throws IOException {
        pack = folder.resolve("pack");
        settings = folder.resolve("sallyport.yml");
        putBack();
        sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(20));
        Stream<String> own = Stream.of(
                "--spring.config.additional-location=" + settings.toUri(),
                "--sallyport.provider.pack=" + pack,
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.reload.watch=false");
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(), Stream.concat(own, Stream.of(more)).toArray(String[]::new));
    }

    /** The pack and the settings that it began with. */
    void putBack() throws IOException {
        PackCopy.into(pack);
        write("contracts: { request: enforce }");
    }

    /** A file of the pack. */
    Path pack(String file) {
        return pack.resolve(file);
    }

    Path settings() {
        return settings;
    }

    TestGateway gateway() {
        return gateway;
    }

    void write(String section) {
        try {
            Files.writeString(settings, "sallyport:\n  " + section + "\n");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    HttpResponse<String> reload() throws IOException, InterruptedException {
        return post("{\"action\":\"reload\"}");
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(gateway.contractsUrl())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> migrate(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/sessions/migrate"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", Fixtures.consumerAuthorization())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        gateway.close();
        sandbox.close();
    }
}
