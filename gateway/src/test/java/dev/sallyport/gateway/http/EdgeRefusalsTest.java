package dev.sallyport.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.RequestSettings;
import dev.sallyport.contract.Operation;
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
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.RejectionRenderer;
import io.netty.channel.ChannelException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** What becomes of failures behind the edge, over real sockets: each is told with its cause, and only reading is the caller's. */
@Timeout(60)
final class EdgeRefusalsTest {
    private static final Operation OPERATION = new Operation("sessions.migrate", "POST", "/migrate");

    private final BlockingQueue<WrittenRefusal> written = new LinkedBlockingQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Upstream<Call> pipeline = call -> Mono.empty();
    private DisposableServer server;

    @BeforeEach
    void start() {
        var routes = new Routes(
                List.of(new Routes.Route(OPERATION, Set.of(), Duration.ofSeconds(10), call -> pipeline.send(call))));
        var renderer = new RejectionRenderer(ErrorShape.plain(), "https://errors.invalid");
        var serving = new ServingSnapshot(
                routes,
                OtherCalls.none(),
                renderer,
                new CallerFields(Set.of(), TrustedCallers.NONE),
                new PackWords(Optional.empty(), Set.of()));
        var edge = new HttpServerCustomization(
                RequestSettings.defaults(), () -> serving, written::add, new NoConnectionEvents(), CallReports.NONE);
        var handler = new ReactorHttpHandlerAdapter(edge.handler((request, response) -> Mono.empty(), false));
        server = edge.limits(false, operation -> false)
                .apply(HttpServer.create().port(0))
                .handle(handler)
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    static Stream<Upstream<Call>> bugs() {
        return Stream.of(
                call -> {
                    throw new IllegalStateException("hunter2");
                },
                call -> Mono.error(new IllegalStateException("hunter2")),
                call -> Mono.error(new ChannelException("hunter2")),
                call -> Mono.error(new IOException("hunter2")));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_bug_after_the_body_was_read_is_no_fault_of_the_callers(Upstream<Call> bug) throws Exception {
        pipeline = bug;

        HttpResponse<String> answer = call("{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("INTERNAL");
        assertThat(answer.body()).doesNotContain("hunter2");
        assertThat(told().refusal().rejection().cause()).hasMessage("hunter2");
    }

    @Test
    void a_body_over_the_limit_is_the_callers_fault_as_before() throws Exception {
        HttpResponse<String> answer = call("\"" + "a".repeat(100_000) + "\"");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(told().refusal().rejection().reason()).isEqualTo(Reason.BODY_TOO_LARGE);
    }

    @Test
    void a_refusal_is_told_with_its_cause_its_operation_and_the_id_that_the_caller_got() throws Exception {
        var unknown = new UnknownHostException("provider.invalid");
        pipeline = call -> Mono.just(
                new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "away").because(unknown)));

        HttpResponse<String> answer = call("{}");

        WrittenRefusal told = told();
        assertThat(told.refusal().rejection().cause()).isSameAs(unknown);
        assertThat(told.call().kind().operation()).isEqualTo("sessions.migrate");
        assertThat(answer.body()).contains(told.call().requestId());
    }

    @Test
    void a_broken_head_is_told_with_the_callers_id() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("/a/%2e%2e/b"))
                .header("X-Request-Id", "of-the-caller")
                .build();

        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        WrittenRefusal told = told();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(told.call().headers().first("x-request-id")).isEqualTo("of-the-caller");
        assertThat(answer.body()).contains(told.call().requestId());
    }

    @Test
    void an_answer_is_not_told() throws Exception {
        pipeline = call -> Mono.just(new Answer(200, Headers.NONE, new byte[] {'{', '}'}, Timing.NONE, Document.NONE));

        HttpResponse<String> answer = call("{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(written).isEmpty();
    }

    private WrittenRefusal told() throws InterruptedException {
        return java.util.Objects.requireNonNull(written.poll(10, TimeUnit.SECONDS));
    }

    private HttpResponse<String> call(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(OPERATION.path()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
