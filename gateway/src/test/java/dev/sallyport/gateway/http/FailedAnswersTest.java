package dev.sallyport.gateway.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.edge.CallerFields;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.edge.TrustedCallers;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.RejectionRenderer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What leaves the callers' port when what is behind the guard fails: a refusal, or the end of the connection, with its cause. */
@Timeout(60)
final class FailedAnswersTest {
    private static final String GET = "GET /any HTTP/1.1\r\nHost: gateway\r\n\r\n";

    private final BlockingQueue<WrittenRefusal> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failed = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // each test serves
    private DisposableServer server;

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    /** A handler of Reactor Netty's. */
    private interface Handler extends BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {}

    static Stream<Handler> beforeAnAnswer() {
        return Stream.of(
                (request, response) -> {
                    throw new IllegalStateException("hunter2");
                },
                (request, response) -> Mono.error(new IllegalStateException("hunter2")),
                (request, response) -> Mono.error(new IOException("hunter2")),
                (request, response) -> response.sendString(Mono.error(new IllegalStateException("hunter2"))));
    }

    @ParameterizedTest
    @MethodSource("beforeAnAnswer")
    void a_handler_that_fails_before_an_answer_is_told_as_a_refusal_with_its_cause(Handler handler) throws Exception {
        serve(handler, false);

        String answer = answerTo(GET + GET);

        assertThat(answer)
                .startsWith("HTTP/1.1 500 ")
                .containsOnlyOnce("HTTP/1.1")
                .containsIgnoringCase("Sallyport-Rejection: INTERNAL")
                .containsIgnoringCase("Connection: close")
                .doesNotContain("hunter2");
        WrittenRefusal told = requireNonNull(refused.poll(10, TimeUnit.SECONDS));
        assertThat(told.refusal().rejection().cause()).hasMessage("hunter2");
        assertThat(failed).isEmpty();
    }

    @Test
    void a_handler_that_fails_within_an_answer_ends_the_connection_and_is_told() throws Exception {
        serve(
                (request, response) -> response.sendString(
                        Flux.just("a part").concatWith(Mono.error(new IllegalStateException("hunter2")))),
                false);

        String answer = answerTo(GET);

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("hunter2", "\r\n0\r\n");
        assertThat(failed.poll(10, TimeUnit.SECONDS)).hasMessage("hunter2");
        assertThat(refused).isEmpty();
    }

    @Test
    void a_request_that_reactor_netty_cannot_take_is_told_as_a_refusal() throws Exception {
        serve((request, response) -> response.send(), true);

        String answer = answerTo("GET /any HTTP/1.1\r\nHost: gateway\r\nX-Forwarded-Host: gateway:99999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("Sallyport-Rejection: MALFORMED_HTTP");
        assertThat(requireNonNull(refused.poll(10, TimeUnit.SECONDS))
                        .refusal()
                        .rejection()
                        .reason())
                .isEqualTo(Reason.MALFORMED_HTTP);
    }

    private void serve(Handler handler, boolean forwarded) {
        var renderer = new RejectionRenderer(ErrorShape.plain(), "https://errors.invalid");
        var serving = new ServingSnapshot(
                new Routes(List.of()),
                OtherCalls.none(),
                renderer,
                new CallerFields(Set.of(), TrustedCallers.NONE),
                new PackWords(Optional.empty(), Set.of()));
        var edge = new HttpServerCustomization(
                RequestSettings.defaults(), () -> serving, refused::add, new Failures(), CallReports.NONE);
        server = edge.limits(false, operation -> false)
                .apply(HttpServer.create().port(0).forwarded(forwarded))
                .handle(handler)
                .bindNow();
    }

    private String answerTo(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private final class Failures extends NoConnectionEvents {
        @Override
        public void answerFailed(Throwable bug) {
            failed.add(bug);
        }
    }
}
