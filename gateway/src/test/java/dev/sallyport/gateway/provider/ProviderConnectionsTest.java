package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.Waiting;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/** Connections to the provider over sockets: how many there are, how long they are kept, and replies that end with them. */
@Timeout(60)
final class ProviderConnectionsTest {
    private static final Contract CONTRACT = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32))
            .contract("sessions.list")
            .orElseThrow();
    private static final String BODY = "{\"status_code\":200,\"request_id\":\"request-id-test-1\",\"sessions\":[]}";
    private static final String ERROR = """
            {"status_code":401,"request_id":"request-id-test-1","error_type":"unauthorized_credentials",\
            "error_message":"none","error_url":"https://errors.invalid"}""";
    private static final String GOOD = reply("HTTP/1.1 200 OK", "Content-Length: " + BODY.length(), BODY);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    /** All connections that there may be. */
    private static final int MOST = 8;

    private static final ReadCall CALL = call(Deadline.NONE);

    private final Scheduler loop = Schedulers.fromExecutor(
            HttpResources.get().onClient(LoopResources.DEFAULT_NATIVE).next());

    @Test
    void a_call_waits_for_a_connection_and_one_more_than_may_wait_is_refused_at_once() throws Exception {
        try (var server = RawServer.holding(GOOD);
                var clients = clients(pool(LONG, LONG, LONG, LONG))) {
            Upstream<ReadCall> upstream = upstream(clients, server.port());
            List<CompletableFuture<Reply>> calls = calls(upstream, MOST);
            Waiting.until("all connections are in use", () -> server.requests() == MOST);
            CompletableFuture<Reply> waiting = upstream.send(CALL).toFuture();

            assertOverloaded(upstream.send(CALL).block());
            assertThat(waiting).isNotDone();
            server.release();

            assertThat(waiting.join()).isInstanceOf(Answer.class);
            assertThat(calls).extracting(CompletableFuture::join).hasOnlyElementsOfType(Answer.class);
            assertThat(server.connections()).isEqualTo(MOST);
        }
    }

    @Test
    void a_call_that_gets_no_connection_in_time_is_refused_and_was_not_made() throws Exception {
        try (var server = RawServer.holding(GOOD);
                var clients = clients(pool(SHORT, LONG, LONG, LONG))) {
            Upstream<ReadCall> upstream = upstream(clients, server.port());
            List<CompletableFuture<Reply>> calls = calls(upstream, MOST);
            Waiting.until("all connections are in use", () -> server.requests() == MOST);

            assertOverloaded(upstream.send(CALL).block());
            server.release();

            assertThat(calls).extracting(CompletableFuture::join).hasOnlyElementsOfType(Answer.class);
            assertThat(server.requests()).isEqualTo(MOST);
        }
    }

    @Test
    void a_call_waits_for_a_connection_no_longer_than_it_has_time() throws Exception {
        try (var server = RawServer.holding(GOOD);
                var clients = clients(pool(LONG, LONG, LONG, LONG))) {
            Upstream<ReadCall> upstream = upstream(clients, server.port());
            List<CompletableFuture<Reply>> calls = calls(upstream, MOST);
            Waiting.until("all connections are in use", () -> server.requests() == MOST);

            assertOverloaded(upstream.send(call(Deadline.in(SHORT))).block());
            server.release();

            assertThat(calls).extracting(CompletableFuture::join).hasOnlyElementsOfType(Answer.class);
            assertThat(server.requests()).isEqualTo(MOST);
        }
    }

    private static void assertOverloaded(@Nullable Reply reply) {
        Rejection rejection = ((Refusal) Objects.requireNonNull(reply)).rejection();
        assertThat(rejection.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(rejection.message()).isEqualTo("All connections to the provider are in use. Try again in a second.");
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT1H", "PT1H, PT1S"})
    void a_connection_that_was_idle_or_is_there_for_long_is_closed(Duration idle, Duration life) throws Exception {
        try (var server = new RawServer(GOOD);
                var clients = clients(pool(LONG, LONG, idle, life))) {
            Upstream<ReadCall> upstream = upstream(clients, server.port());
            assertThat(upstream.send(CALL).block()).isInstanceOf(Answer.class);
            assertThat(server.open()).isEqualTo(1);

            Waiting.until("the connection is closed", () -> server.open() == 0);

            assertThat(upstream.send(CALL).block()).isInstanceOf(Answer.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_connection_that_is_not_made_in_time_is_told_as_such() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var full = FullServer.of(busy);
                var clients = clients(pool(LONG, SHORT, LONG, LONG))) {
            Rejection rejection = ((Refusal) Objects.requireNonNull(
                            upstream(clients, full.port()).send(CALL).block()))
                    .rejection();

            assertThat(rejection.reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
            assertThat(rejection.message()).contains("no connection was accepted", "The call was not made.");
            assertThat(rejection.cause())
                    .isInstanceOf(ConnectTimeoutException.class)
                    .hasMessageContaining("after " + SHORT.toMillis() + " ms");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, Connection: close, framing",
        "HTTP/1.0 200 OK, Server: old, framing",
        "HTTP/1.1 201 Created, Server: odd, framing",
    })
    void a_success_that_ends_with_its_connection_is_refused(String line, String field, String keyword)
            throws Exception {
        Rejection rejection = ((Refusal) twice(reply(line, field, BODY), true)).rejection();

        assertThat(rejection.reason()).isEqualTo(Reason.REPLY_BREAKS_CONTRACT);
        assertThat(rejection.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.keyword()).isEqualTo(keyword);
            assertThat(violation.message()).isEqualTo("must say how long it is");
        });
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 401 Unauthorized, Connection: close", "HTTP/1.0 401 Unauthorized, Server: old"})
    void an_error_that_ends_with_its_connection_is_the_providers_own(String line, String field) throws Exception {
        var answer = (Answer) twice(reply(line, field, ERROR), true);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).asString().isEqualTo(ERROR);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 200 OK, Connection: close", "HTTP/1.0 200 OK, Server: old"})
    void a_reply_with_a_length_is_answered_and_its_connection_carries_no_other_call(String line, String field)
            throws Exception {
        String fields = field + "\r\nContent-Length: " + BODY.length();

        assertThat(twice(reply(line, fields, BODY), false)).isInstanceOf(Answer.class);
    }

    /** Asks twice, which takes two connections, and returns the second reply. */
    private Reply twice(String bytes, boolean hangsUp) throws Exception {
        try (var server = hangsUp ? RawServer.hangingUpAfter(bytes) : new RawServer(bytes);
                var clients = clients(pool(LONG, LONG, LONG, LONG))) {
            Upstream<ReadCall> upstream = upstream(clients, server.port());
            upstream.send(CALL).block();
            Reply reply = Objects.requireNonNull(upstream.send(CALL).block());
            assertThat(server.connections()).isEqualTo(2);
            return reply;
        }
    }

    private static List<CompletableFuture<Reply>> calls(Upstream<ReadCall> upstream, int count) {
        return Stream.generate(() -> upstream.send(CALL).toFuture())
                .limit(count)
                .toList();
    }

    private static ReadCall call(Deadline deadline) {
        return new ReadCall(
                Call.of(
                        "sessions.list",
                        new RequestLine("GET", "/v1/sessions?user_id=user-test-1"),
                        Headers.NONE,
                        new byte[0],
                        new Caller("project-test-1", "127.0.0.1", deadline)),
                Document.NONE);
    }

    private static ProviderClients clients(PoolSettings pool) {
        return ProviderClients.usual(pool, 1, HttpResources.get());
    }

    private Upstream<ReadCall> upstream(ProviderClients clients, int port) {
        var upstream = new ProviderUpstream(
                CONTRACT,
                new ProviderEndpoint(clients.calls(), URI.create("http://127.0.0.1:" + port), 4096),
                new ReplyReading(CONTRACT));
        return call -> upstream.send(call).subscribeOn(loop);
    }

    /** One call may wait. */
    private static PoolSettings pool(Duration acquire, Duration connect, Duration idle, Duration life) {
        return new PoolSettings(MOST, 1, acquire, idle, life, connect, SHORT, true);
    }

    private static String reply(String line, String fields, String body) {
        return line + "\r\nContent-Type: application/json\r\n" + fields + "\r\n\r\n" + body;
    }
}
