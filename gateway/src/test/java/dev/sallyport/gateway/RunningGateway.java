package dev.sallyport.gateway;

import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A sandbox and a gateway in front of it, running for the tests of one class. */
final class RunningGateway implements BeforeAllCallback, AfterAllCallback {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SandboxOptions options;
    private final String[] settings;
    private @Nullable Sandbox sandbox;
    private @Nullable TestGateway gateway;

    private RunningGateway(SandboxOptions options, String... settings) {
        this.options = options;
        this.settings = settings.clone();
    }

    /**
     * A gateway with these settings, as on the command line.
     *
     * @param settings in which {@code {sandbox}} stands for the sandbox's address
     */
    static RunningGateway with(SandboxOptions options, String... settings) {
        return new RunningGateway(options, settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Sandbox started = Sandbox.start(options);
        sandbox = started;
        String[] arguments = Arrays.stream(settings)
                .map(setting -> setting.replace("{sandbox}", started.baseUrl()))
                .toArray(String[]::new);
        gateway = TestGateway.inFrontOf(started.baseUrl(), arguments);
    }

    /** Is called as well after a start that failed half-way. */
    @Override
    public void afterAll(ExtensionContext context) {
        if (gateway != null) {
            gateway.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    Sandbox sandbox() {
        return Objects.requireNonNull(sandbox);
    }

    TestGateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    HttpClient client() {
        return client;
    }

    /** A call through the gateway, to be completed. */
    HttpRequest.Builder call(String path, String authorization, String body) {
        return call(URI.create("http://127.0.0.1:" + gateway().port() + path), authorization, body);
    }

    /** A call to any address, to be completed. */
    HttpRequest.Builder call(URI uri, String authorization, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return client.send(call.build(), BodyHandlers.ofString());
    }
}
