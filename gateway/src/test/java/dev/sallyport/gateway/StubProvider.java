package dev.sallyport.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider that says what a test has it say: replies of the pack's examples, without a session, with any header fields; and
 * that remembers what it was asked.
 */
public final class StubProvider implements AutoCloseable {
    public static final String MIGRATE = "/v1/sessions/migrate";
    public static final String LOOKUP = "/v1/fingerprint/lookup";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String WITHOUT_SESSION =
            reply("sessions.migrate/examples/accepted/no-session-is-asked-for-and-none-is-made.json");
    private static final String KEYS = reply("sessions.jwks/examples/accepted/no-keys-at-all.json");
    private static final String DEVICE = reply("fingerprint.lookup/examples/accepted/a-known-device-is-allowed.json");

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final DisposableServer server;
    private volatile Map<String, List<String>> fields = Map.of();
    private volatile Mono<Void> gate = Mono.empty();

    /** One request. */
    public record Asked(String uri, HttpHeaders headers, String body) {}

    public StubProvider() {
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString(StandardCharsets.UTF_8)
                        .defaultIfEmpty("")
                        .flatMap(body -> answer(request, response, body)))
                .bindNow();
    }

    /** Without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    /** What its replies to calls carry from now on. */
    void says(Map<String, List<String>> more) {
        fields = Map.copyOf(more);
    }

    /** Answers calls from now on when this completes. */
    void waitsFor(Mono<Void> opened) {
        gate = opened;
    }

    public void forget() {
        asked.clear();
    }

    /** Requests to a path, query aside. */
    public List<Asked> asked(String path) {
        return asked.stream()
                .filter(each -> each.uri().replaceFirst("\\?.*", "").equals(path))
                .toList();
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, String body) {
        asked.add(new Asked(request.uri(), request.requestHeaders().copy(), body));
        response.header("Content-Type", "application/json");
        String reply = body(request.uri(), body);
        if (!request.uri().startsWith(LOOKUP)) {
            fields.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        response.header("Content-Length", Integer.toString(reply.getBytes(StandardCharsets.UTF_8).length));
        return gate.then(response.sendString(Mono.just(reply)).then());
    }

    private static String body(String uri, String body) {
        if (uri.startsWith(LOOKUP)) {
            ObjectNode device = (ObjectNode) JSON.readTree(DEVICE);
            return device.put(
                            "telemetry_id",
                            JSON.readTree(body).path("telemetry_id").asString())
                    .toString();
        }
        if (uri.contains("/jwks/")) {
            return KEYS;
        }
        return uri.startsWith(MIGRATE) ? WITHOUT_SESSION : "{\"status_code\":200,\"request_id\":\"request-1\"}";
    }

    private static String reply(String example) {
        try (var file = StubProvider.class.getResourceAsStream("/contracts/stytch/" + example)) {
            return JSON.readTree(Objects.requireNonNull(file)).path("reply").toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
