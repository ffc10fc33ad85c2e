package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.store.StoreKind;
import dev.sallyport.gateway.store.StoreServer;
import dev.sallyport.sandbox.Fixtures;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Two gateways that share a real store, and a third that dies: the provider sees each call with a key once. */
@ParameterizedClass
@EnumSource(StoreKind.class)
@Timeout(240)
final class SharedIdempotencyTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzLi4=";
    private static final String OTHER_SECRET = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzISE=";
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static StoreServer store;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static StubProvider provider;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestGateway one;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestGateway two;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final String key = UUID.randomUUID().toString();

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it, and wants it taken
    StoreKind kind;

    @BeforeParameterizedClassInvocation
    static void start(StoreKind kind) {
        store = StoreServer.of(kind);
        provider = new StubProvider();
        one = TestGateway.inFrontOf(provider.baseUrl(), settings(SECRET, OTHER_SECRET));
        two = TestGateway.inFrontOf(provider.baseUrl(), settings(OTHER_SECRET, SECRET)); // in the middle of a rotation
        connected();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        one.close();
        two.close();
        provider.close();
        store.close();
    }

    @AfterEach
    void open() {
        provider.waitsFor(Mono.empty());
        provider.forget();
    }

    private static String[] settings(String... secrets) {
        List<String> settings = new ArrayList<>(List.of(
                "--sallyport.store.url=" + store.url(),
                "--sallyport.store.timeout=5s",
                "--sallyport.deadline=60s",
                "--sallyport.idempotency.mode=on",
                "--sallyport.idempotency.store=redis",
                "--sallyport.idempotency.lease=1s"));
        IntStream.range(0, secrets.length)
                .forEach(each -> settings.add("--sallyport.idempotency.keys[" + each + "]=" + secrets[each]));
        return settings.toArray(String[]::new);
    }

    private static void connected() {
        await().atMost(LONG)
                .until(() -> List.of(one, two).stream()
                        .allMatch(each -> each.bean(StoreAccess.class).isConnected()));
    }

    @Test
    void of_calls_at_both_at_once_the_provider_sees_one_and_both_have_its_answer() {
        Sinks.Empty<Void> gate = Sinks.empty();
        provider.waitsFor(gate.asMono());
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 20)
                .mapToObj(each -> CLIENT.sendAsync(call(each % 2 == 0 ? one : two, BODY), BodyHandlers.ofString()))
                .toList();

        await().atMost(LONG)
                .until(() -> calls.stream().filter(CompletableFuture::isDone).count() == 19);
        assertThat(calls.stream().filter(CompletableFuture::isDone).map(each -> reason(each.join())))
                .containsOnly("DUPLICATE_CALL_IN_FLIGHT");
        gate.tryEmitEmpty();

        HttpResponse<String> first = calls.stream()
                .map(CompletableFuture::join)
                .filter(each -> each.statusCode() == 200)
                .findAny()
                .orElseThrow();
        for (TestGateway each : List.of(one, two)) {
            HttpResponse<String> again = send(call(each, BODY));
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("idempotent-replayed")).hasValue("true");
        }
        assertThat(seen()).isEqualTo(1);
    }

    @Test
    void the_same_key_for_another_call_is_refused_by_either() {
        assertThat(send(call(two, BODY)).statusCode()).isEqualTo(200);

        String other = BODY.replace("}", ",\"session_duration_minutes\":60}");
        assertThat(reason(send(call(one, other)))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(reason(send(call(two, other)))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(seen()).isEqualTo(1);
    }

    @Test
    void a_call_longer_than_its_lease_keeps_its_key_even_if_the_store_forgets_everything() {
        Sinks.Empty<Void> gate = Sinks.empty();
        provider.waitsFor(gate.asMono());
        CompletableFuture<HttpResponse<String>> first = CLIENT.sendAsync(call(one, BODY), BodyHandlers.ofString());
        await().atMost(LONG).until(() -> seen() == 1);

        store.ask("FLUSHALL");
        await().atMost(LONG).until(() -> store.ask("DBSIZE").startsWith(":1"));
        await().pollDelay(Duration.ofSeconds(2))
                .atMost(LONG)
                .untilAsserted(() -> assertThat(reason(send(call(two, BODY)))).isEqualTo("DUPLICATE_CALL_IN_FLIGHT"));
        gate.tryEmitEmpty();

        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(send(call(two, BODY)).headers().firstValue("idempotent-replayed"))
                .hasValue("true");
        assertThat(seen()).isEqualTo(1);
    }

    @Test
    void a_gateway_that_dies_leaves_an_unknown_outcome_after_its_lease_and_the_call_is_not_made_again()
            throws Exception {
        provider.waitsFor(Mono.never());
        int port = freePort();
        Process dying = gatewayOfItsOwn(port);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> isServing(port) || !dying.isAlive());
            assertThat(dying.isAlive())
                    .as(Files.readString(folder.resolve("gateway.log")))
                    .isTrue();
            var lost = CLIENT.sendAsync(call(port, BODY), BodyHandlers.ofString());
            await().atMost(LONG).until(() -> seen() == 1);
            assertThat(reason(send(call(one, BODY)))).isEqualTo("DUPLICATE_CALL_IN_FLIGHT");

            dying.destroyForcibly();
            assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(lost).failsWithin(LONG);
        } finally {
            dying.destroyForcibly();
        }

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(reason(send(call(two, BODY)))).isEqualTo("CALL_OUTCOME_UNKNOWN"));
        assertThat(seen()).isEqualTo(1);
    }

    @Test
    void without_the_store_calls_with_keys_are_refused_others_made_and_all_is_well_when_it_is_back() {
        store.stop();
        try {
            await().atMost(LONG).until(() -> !one.bean(StoreAccess.class).isConnected());
            HttpResponse<String> refused = send(call(one, BODY));
            assertThat(reason(refused)).isEqualTo("IDEMPOTENCY_UNAVAILABLE");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(seen()).isZero();
            assertThat(send(request(one.port(), BODY).build()).statusCode()).isEqualTo(200);
        } finally {
            store.start();
        }
        connected();

        assertThat(send(call(one, BODY)).statusCode()).isEqualTo(200);
        assertThat(send(call(two, BODY)).headers().firstValue("idempotent-replayed"))
                .hasValue("true");
    }

    @Test
    void the_store_has_nothing_of_a_call_that_can_be_read() {
        send(call(one, BODY));

        String names = store.ask("KEYS *");
        String everything =
                names + namesIn(names).map(name -> store.ask("DUMP " + name)).collect(Collectors.joining());
        assertThat(names).contains("sallyport:{idempotency}:");
        assertThat(everything)
                .doesNotContain(
                        key, Fixtures.FOREIGN_TOKEN, "request_id", "project-test", Fixtures.consumerAuthorization());
    }

    private static Stream<String> namesIn(String names) {
        return names.lines().filter(line -> line.startsWith("sallyport:"));
    }

    private Process gatewayOfItsOwn(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SallyportApplication.class.getName(),
                "run",
                "--server.port=" + port,
                "--management.server.port=0",
                "--sallyport.provider.base-url=" + provider.baseUrl()));
        command.addAll(List.of(settings(SECRET, OTHER_SECRET)));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "gateway.log"))
                .start();
    }

    private static boolean isServing(int port) {
        try {
            return CLIENT.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 404;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int seen() {
        return provider.asked(StubProvider.MIGRATE).size();
    }

    private static String reason(HttpResponse<String> answer) {
        return answer.headers().firstValue("Sallyport-Rejection").orElse("none");
    }

    private HttpRequest call(TestGateway gateway, String body) {
        return call(gateway.port(), body);
    }

    private HttpRequest call(int port, String body) {
        return request(port, body).header("Idempotency-Key", key).build();
    }

    private static HttpRequest.Builder request(int port, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + StubProvider.MIGRATE))
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest call) {
        return CLIENT.sendAsync(call, BodyHandlers.ofString()).join();
    }
}
