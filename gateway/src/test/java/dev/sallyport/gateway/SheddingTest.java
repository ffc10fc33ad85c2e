package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.sandbox.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A provider that works on eight calls at a time, and callers who want much more of it. */
@Timeout(180)
final class SheddingTest {
    private static final int WORKERS = 8;
    private static final Duration WORK = Duration.ofMillis(50);
    private static final int CALLS_OF_HIGH_PRIORITY = 40;
    private static final Executor IN_A_MOMENT = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private static final AtomicInteger inside = new AtomicInteger();
    private static final AtomicInteger most = new AtomicInteger();
    private static final AtomicInteger worked = new AtomicInteger();
    private static final Sinks.Many<Sinks.Empty<Void>> work =
            Sinks.many().unicast().onBackpressureBuffer();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static DisposableServer provider;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestGateway gateway;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() {
        work.asFlux()
                .flatMap(call -> Mono.delay(WORK).doOnNext(done -> finish(call)), WORKERS)
                .subscribe();
        provider = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Sinks.Empty<Void> done = Sinks.empty();
                    synchronized (work) {
                        work.tryEmitNext(done);
                    }
                    return request.receive()
                            .then(done.asMono())
                            .then(Mono.defer(() -> response.header("Content-Type", "application/json")
                                    .sendString(Mono.just("{\"status_code\":200,\"request_id\":\"request-1\"}"))
                                    .then()));
                })
                .bindNow();
        gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:" + provider.port(),
                "--sallyport.contracts.request=off",
                "--sallyport.contracts.reply=off",
                "--sallyport.session-token.mode=off",
                "--sallyport.telemetry.mode=off",
                "--sallyport.deadline=60s",
                "--sallyport.concurrency.mode=enforce",
                "--sallyport.concurrency.max=" + WORKERS,
                "--sallyport.concurrency.queue=1s",
                "--sallyport.concurrency.priorities.sessions.attest=low");
    }

    private static void finish(Sinks.Empty<Void> call) {
        inside.decrementAndGet();
        worked.incrementAndGet();
        call.tryEmitEmpty();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.disposeNow();
    }

    @Test
    void what_the_provider_works_on_is_answered_and_what_is_too_much_is_refused_by_priority() throws Exception {
        var high = new Callers("/v1/sessions/revoke");
        var normal = new Callers("/v1/sessions/migrate");
        var low = new Callers("/v1/sessions/attest");
        List<CompletableFuture<Void>> others = new ArrayList<>();
        others.addAll(normal.begin(40, Integer.MAX_VALUE));
        others.addAll(low.begin(60, Integer.MAX_VALUE));

        all(high.begin(4, CALLS_OF_HIGH_PRIORITY));
        normal.stop();
        low.stop();
        all(others);

        assertThat(most).hasValueLessThanOrEqualTo(WORKERS);
        assertThat(worked).hasValue(high.served() + normal.served() + low.served());
        assertThat(high.share()).isGreaterThan(0.9).isGreaterThanOrEqualTo(normal.share());
        assertThat(normal.share()).isGreaterThan(low.share());
        assertThat(gateway.counted("sallyport_shed_total{cause=\"limit\",mode=\"enforce\",priority=\"low\"}"))
                .isPositive();
        assertThat(gateway.counted("sallyport_concurrency_limit")).isBetween(1.0, (double) WORKERS);
        await().untilAsserted(() -> {
            assertThat(gateway.counted("sallyport_concurrency_in_flight")).isZero();
            assertThat(gateway.counted("sallyport_concurrency_queued")).isZero();
        });
    }

    private static void all(List<CompletableFuture<Void>> calls) throws Exception {
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get();
    }

    /** Callers of one operation, each of which calls again as soon as it has its answer, or a moment after a refusal. */
    private final class Callers {
        private final String path;
        private final AtomicInteger served = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean stopped;

        Callers(String path) {
            this.path = path;
        }

        List<CompletableFuture<Void>> begin(int callers, int calls) {
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                ends.add(call(calls));
            }
            return ends;
        }

        void stop() {
            stopped = true;
        }

        int served() {
            return served.get();
        }

        double share() {
            return (double) served.get() / (served.get() + refused.get());
        }

        private CompletableFuture<Void> call(int left) {
            if (left == 0 || stopped) {
                return CompletableFuture.completedFuture(null);
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                    .header("Authorization", Fixtures.consumerAuthorization())
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return client.sendAsync(request, BodyHandlers.discarding()).thenCompose(answer -> {
                boolean isServed = noted(answer);
                return isServed
                        ? call(left - 1)
                        : CompletableFuture.runAsync(() -> {}, IN_A_MOMENT).thenCompose(later -> call(left - 1));
            });
        }

        private boolean noted(HttpResponse<Void> answer) {
            if (answer.statusCode() == 200) {
                served.incrementAndGet();
                return true;
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("OVERLOADED");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            refused.incrementAndGet();
            return false;
        }
    }
}
