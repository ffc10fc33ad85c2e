package dev.sallyport.starter;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** A provider that does with each call what comes next in its script, and answers all others well, without a session. */
final class StubProvider implements AutoCloseable {
    static final String MIGRATE = "/v1/sessions/migrate";
    static final String GOOD_CALL = "{\"session_token\":\"foreign-session-of-ada\"}";

    private static final String GOOD =
            example("sessions.migrate/examples/accepted/no-session-is-asked-for-and-none-is-made.json");

    private final Deque<Step> script = new ConcurrentLinkedDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final DisposableServer server;

    /** What it does with one call. */
    enum Step {
        TOO_MANY,
        HANG_UP,
        CUT_SHORT,
        SILENCE
    }

    StubProvider() {
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString(StandardCharsets.UTF_8)
                        .defaultIfEmpty("")
                        .flatMap(body -> Mono.from(answer(request, response))))
                .bindNow();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    void does(Step... steps) {
        asked.clear();
        script.addAll(List.of(steps));
    }

    /** Targets of the calls since then. */
    List<String> asked() {
        return asked;
    }

    /** How many connections on which nothing was answered are closed. */
    int givenUp() {
        return givenUp.get();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().contains("/jwks/")) {
            return json(response, "{\"keys\":[],\"status_code\":200,\"request_id\":\"request-id-1\"}");
        }
        asked.add(request.uri());
        Step step = script.poll();
        if (step == null) {
            return json(response, GOOD);
        }
        return switch (step) {
            case TOO_MANY -> json(response.status(429), tooMany());
            case HANG_UP -> Mono.fromRunnable(() -> response.withConnection(connection -> connection.dispose()));
            case CUT_SHORT ->
                response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .header(HttpHeaderNames.CONTENT_LENGTH, "9")
                        .send(cutShort(), each -> true);
            case SILENCE -> silence(response);
        };
    }

    private Publisher<Void> silence(HttpServerResponse response) {
        return Mono.<Void>never()
                .doOnSubscribe(asked -> response.withConnection(connection ->
                        connection.channel().closeFuture().addListener(closed -> givenUp.incrementAndGet())));
    }

    private static Flux<ByteBuf> cutShort() {
        return ByteBufFlux.fromString(Mono.just("{")).concatWith(Mono.error(new IOException("cut short")));
    }

    private static String tooMany() {
        return "{\"status_code\":429,\"request_id\":\"request-id-1\",\"error_type\":\"too_many_requests\","
                + "\"error_message\":\"later\",\"error_url\":\"https://example.com\"}";
    }

    private static Publisher<Void> json(HttpServerResponse response, String body) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()))
                .sendString(Mono.just(body));
    }

    private static String example(String name) {
        try (var file = StubProvider.class.getResourceAsStream("/contracts/stytch/" + name)) {
            return new JsonMapper()
                    .readTree(Objects.requireNonNull(file))
                    .path("reply")
                    .toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
