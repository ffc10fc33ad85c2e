package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.store.DelayingProxy;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.store.StoreKind;
import dev.sallyport.gateway.store.StoreServer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Calls with a key while a real store is stopped, paused or slow, and afterwards: two gateways, each with another word for it. */
@ParameterizedClass
@EnumSource(StoreKind.class)
@Timeout(240)
final class KeyedCallsWithoutStoreTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "dGhpcyBpcyBhbiBleGFtcGxlIG9mIDMyIGJ5dGVzLi4=";
    private static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static StoreServer store;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static DelayingProxy proxy;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static StubProvider provider;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestGateway refusing;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestGateway allowing;

    /** What may become of a store. */
    enum Trouble {
        STOPPED,
        PAUSED,
        SLOW
    }

    private static void begin(Trouble trouble) {
        switch (trouble) {
            case STOPPED -> store.stop();
            case PAUSED -> store.pause();
            case SLOW -> proxy.delay(Duration.ofMillis(800));
        }
    }

    private static void end(Trouble trouble) {
        switch (trouble) {
            case STOPPED -> store.start();
            case PAUSED -> store.resume();
            case SLOW -> proxy.delay(Duration.ZERO);
        }
    }

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it, and wants it taken
    StoreKind kind;

    @BeforeParameterizedClassInvocation
    static void start(StoreKind kind) {
        store = StoreServer.of(kind);
        proxy = DelayingProxy.to(store.port());
        provider = new StubProvider();
        refusing = gateway("refuse");
        allowing = gateway("allow");
        await().atMost(LONG)
                .until(() -> List.of(refusing, allowing).stream()
                        .allMatch(each -> each.bean(StoreAccess.class).isConnected()));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        refusing.close();
        allowing.close();
        provider.close();
        proxy.close();
        store.close();
    }

    @AfterEach
    void open() {
        provider.waitsFor(Mono.empty());
        provider.forget();
    }

    private static TestGateway gateway(String onStoreFailure) {
        return TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.store.url=" + proxy.url(),
                "--sallyport.store.timeout=300ms",
                "--sallyport.deadline=60s",
                "--sallyport.idempotency.mode=on",
                "--sallyport.idempotency.store=redis",
                "--sallyport.idempotency.on-store-failure=" + onStoreFailure,
                "--sallyport.idempotency.keys[0]=" + SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void each_call_is_made_once_or_refused_and_all_is_known_when_the_store_is_back(Trouble trouble) {
        Sinks.Empty<Void> gate = Sinks.empty();
        provider.waitsFor(gate.asMono());
        String inFlight = UUID.randomUUID().toString();
        String refused = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> first =
                CLIENT.sendAsync(call(refusing, inFlight), BodyHandlers.ofString());
        await().atMost(LONG).until(() -> seen(inFlight) == 1);

        begin(trouble);
        try {
            assertThat(reason(send(call(refusing, refused)))).isEqualTo("IDEMPOTENCY_UNAVAILABLE");
            gate.tryEmitEmpty();
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(send(call(allowing, UUID.randomUUID().toString())).statusCode())
                    .isEqualTo(200);
            assertThat(send(request(refusing).build()).statusCode()).isEqualTo(200);
            assertThat(seen(refused)).isZero();
        } finally {
            end(trouble);
        }

        // one that lost everything knows of the call once its gateway has told it again
        await().atMost(LONG).until(() -> store.ask("KEYS *").contains(":answer"));
        for (TestGateway each : List.of(refusing, allowing)) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(
                                    send(call(each, inFlight)).headers().firstValue("idempotent-replayed"))
                            .hasValue("true"));
        }
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(send(call(refusing, refused)).statusCode()).isEqualTo(200));
        assertThat(seen(inFlight)).isEqualTo(1);
        assertThat(seen(refused)).isEqualTo(1);
        store.ask("FLUSHALL");
    }

    private static long seen(String key) {
        return provider.asked(StubProvider.MIGRATE).stream()
                .filter(asked -> key.equals(asked.headers().get("Idempotency-Key")))
                .count();
    }

    private static String reason(HttpResponse<String> answer) {
        return answer.headers().firstValue("Sallyport-Rejection").orElse("none");
    }

    private static HttpRequest call(TestGateway gateway, String key) {
        return request(gateway).header("Idempotency-Key", key).build();
    }

    private static HttpRequest.Builder request(TestGateway gateway) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + StubProvider.MIGRATE))
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(BODY));
    }

    private static HttpResponse<String> send(HttpRequest call) {
        return CLIENT.sendAsync(call, BodyHandlers.ofString()).join();
    }
}
