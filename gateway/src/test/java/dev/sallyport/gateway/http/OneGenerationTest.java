package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.edge.CallerFields;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.Routes.Route;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.edge.TrustedCallers;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.RejectionRenderer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** An edge under which another generation serves from one moment to the next: each answer is of one generation, whole. */
@Timeout(60)
final class OneGenerationTest {
    /** Odd ones take POST, even ones PUT; each writes its number into its refusals. */
    private final AtomicInteger number = new AtomicInteger(1);

    private Supplier<ServingSnapshot> serving = () -> generation(number.get());

    @SuppressWarnings("NullAway.Init") // set before each test
    private DisposableServer server;

    @BeforeEach
    void start() {
        var edge = new HttpServerCustomization(
                RequestSettings.defaults(),
                () -> serving.get(),
                reason -> {},
                new NoConnectionEvents(),
                CallReports.NONE);
        HttpHandler gateway = WebHttpHandlerBuilder.webHandler(exchange -> {
                    number.incrementAndGet(); // a reload, while the call is under way
                    return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
                })
                .exceptionHandler(edge.errors())
                .codecConfigurer(ServerCodecConfigurer.create()) // which reads a file: not on an event loop
                .build();
        var adapter = new ReactorHttpHandlerAdapter(edge.handler(gateway, false));
        server = edge.limits(false, operation -> false)
                .apply(HttpServer.create().host("127.0.0.1").port(0))
                .handle(adapter)
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void an_unknown_path_is_refused_in_the_words_of_the_generation_that_it_met() throws Exception {
        assertThat(answer("GET /nowhere HTTP/1.1\r\n"))
                .startsWith("HTTP/1.1 404")
                .contains("generation-1");
    }

    @Test
    void a_refusal_of_the_pipeline_is_in_the_words_of_the_generation_that_it_met() throws Exception {
        String call = "POST /a HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n";

        assertThat(answer(call, "{}")).startsWith("HTTP/1.1 403").contains("generation-1");
    }

    @Test
    void a_method_is_refused_with_the_methods_and_in_the_words_of_one_generation() throws Exception {
        serving = () -> generation(number.getAndIncrement());

        assertIsWhole(answer("GET /a HTTP/1.1\r\n"));
        assertIsWhole(answer("TRACE /a HTTP/1.1\r\n"));
        number.incrementAndGet();
        assertIsWhole(answer("GET /a HTTP/1.1\r\n"));
        assertIsWhole(answer("TRACE /a HTTP/1.1\r\n"));
    }

    @Test
    void a_broken_body_is_refused_in_the_words_of_the_generation_that_its_head_met() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(
                    socket,
                    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            byte[] interim = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(interim, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
            number.incrementAndGet();

            send(socket, "nonsense\r\n");

            assertThat(rest(socket)).startsWith("HTTP/1.1 400").contains("generation-1");
        }
    }

    private static void assertIsWhole(String answer) {
        int generation = Integer.parseInt(answer.replaceAll("(?s).*generation-(\\d+).*", "$1"));
        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: " + (generation % 2 == 0 ? "PUT" : "POST") + "\r\n");
    }

    private ServingSnapshot generation(int number) {
        var operation = new Operation("a", number % 2 == 0 ? "PUT" : "POST", "/a");
        Upstream<Call> refusing = call -> {
            this.number.incrementAndGet();
            return Mono.just(new Reply.Refusal(Rejection.of(Reason.UNKNOWN_PROJECT, "no")));
        };
        return new ServingSnapshot(
                new Routes(List.of(new Route(operation, Set.of(), Duration.ofSeconds(10), refusing))),
                OtherCalls.none(),
                new RejectionRenderer(
                        ErrorShape.of(java.util.Map.of("where", "{error-url}"), null, null), "generation-" + number),
                new CallerFields(Set.of(), TrustedCallers.NONE),
                new PackWords(Optional.empty(), Set.of()));
    }

    private String answer(String head, String... body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, head + "Host: a\r\nConnection: close\r\n\r\n" + String.join("", body));
            return rest(socket);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
