package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.store.DelayingProxy;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.store.StoreServer;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Three gateways that share a real store, each with another word for what happens without it. */
final class ThreeGateways implements AutoCloseable {
    static final int BURST = 60;
    /** What a gateway may hold: a tenth of the burst. */
    static final int HELD = 6;

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StoreServer store;
    private final DelayingProxy proxy;
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults());
    private final List<TestGateway> gateways = new ArrayList<>();
    private final AtomicInteger addresses = new AtomicInteger();

    ThreeGateways(StoreServer store) {
        this.store = store;
        this.proxy = DelayingProxy.to(store.port());
        Stream.of("local", "allow", "refuse").map(this::gateway).forEach(gateways::add);
        await().atMost(SOON).until(() -> gateways.stream().allMatch(ThreeGateways::isConnected));
    }

    /** By far more time for an answer than the default has: these gateways share a machine with much else. */
    private TestGateway gateway(String onStoreFailure) {
        return TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--server.forward-headers-strategy=native",
                "--sallyport.store.url=" + proxy.url(),
                "--sallyport.store.timeout=500ms",
                "--sallyport.rate-limits.store=redis",
                "--sallyport.rate-limits.on-store-failure=" + onStoreFailure,
                "--sallyport.rate-limits.lease.share=10%",
                "--sallyport.rate-limits.lease.time=200ms",
                "--sallyport.rate-limits.limits[0].name=per-address",
                "--sallyport.rate-limits.limits[0].key=address",
                "--sallyport.rate-limits.limits[0].permits=" + BURST,
                "--sallyport.rate-limits.limits[0].per=24h");
    }

    private static boolean isConnected(TestGateway gateway) {
        return gateway.bean(StoreAccess.class).isConnected();
    }

    /** Many calls of one address, at once and to all three; then, once leases are given back, the rest. */
    void share_a_limit_within_the_stated_overshoot() throws Exception {
        String address = "203.0.113.1";
        List<HttpResponse<String>> answers = atOnce(150, call -> migrate(call % 3, address));
        long passed = passed(answers);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(200, 429));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.headers().firstValue("RateLimit"))
                        .hasValueSatisfying(told -> assertThat(told).matches("\"per-address\";r=\\d+;t=\\d+")));
        assertThat(answers.get(0).headers().firstValue("RateLimit-Policy"))
                .contains("\"per-address\";q=" + BURST + ";w=86400");
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent());
        assertThat(passed).isBetween((long) BURST - 3 * HELD, (long) BURST);
        var all = new AtomicInteger((int) passed);
        await().atMost(SOON).until(() -> all.addAndGet(migrate(0, address).statusCode() == 200 ? 1 : 0) == BURST);
        assertThat(passed(atOnce(30, call -> migrate(call % 3, address)))).isZero();
    }

    /** Each trouble in turn, under load: every call is answered as the settings say, and then all is well by itself. */
    void answer_every_call_whatever_the_store_does() throws Exception {
        trouble("stopped", store::stop, store::start);
        trouble("paused", store::pause, store::resume);
        trouble("slow", () -> proxy.delay(Duration.ofMillis(800)), () -> proxy.delay(Duration.ZERO));
    }

    private void trouble(String name, Runnable begin, Runnable end) throws Exception {
        try (var load = new Load()) {
            begin.run();
            load.awaitFromLast(503);
            load.awaitMore();
            end.run();
            load.awaitFromLast(200);
            assertThat(load.answered()).as(name).containsOnlyKeys("0: 200", "1: 200", "2: 200", "2: 503");
        }
    }

    /** Calls of ever new addresses, so that each of them needs the store. */
    private final class Load implements AutoCloseable {
        private final ExecutorService threads = Executors.newFixedThreadPool(3);
        private final Map<String, Integer> answered = new ConcurrentHashMap<>();
        private final List<Future<?>> callers = new ArrayList<>();
        private volatile int last;
        private volatile boolean over;

        Load() {
            for (int gateway = 0; gateway < 3; gateway++) {
                int number = gateway;
                callers.add(threads.submit(() -> {
                    while (!over) {
                        HttpResponse<String> answer = migrate(number, address(addresses.incrementAndGet()));
                        answered.merge(number + ": " + answer.statusCode(), 1, Integer::sum);
                        if (number == 2) {
                            last = answer.statusCode();
                            assertThat(answer.headers()
                                            .firstValue("Retry-After")
                                            .isPresent())
                                    .isEqualTo(answer.statusCode() == 503);
                        }
                    }
                    return null;
                }));
            }
            awaitFromLast(200);
        }

        /** Each number has one of its own: what is no address is none to count by. */
        private String address(int number) {
            return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
        }

        void awaitFromLast(int status) {
            await().atMost(SOON).until(() -> last == status || callers.stream().anyMatch(Future::isDone));
        }

        /** So many calls of each gateway while the trouble lasts. */
        void awaitMore() {
            Map<String, Integer> before = Map.copyOf(answered);
            await().atMost(SOON)
                    .until(() -> callers.stream().anyMatch(Future::isDone)
                            || Stream.of("0: 200", "1: 200", "2: 503")
                                    .allMatch(kind ->
                                            answered.getOrDefault(kind, 0) >= before.getOrDefault(kind, 0) + 5));
        }

        Map<String, Integer> answered() throws Exception {
            over = true;
            for (Future<?> caller : callers) {
                caller.get();
            }
            return answered;
        }

        @Override
        public void close() {
            over = true;
            threads.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Asking {
        HttpResponse<String> call(int number) throws Exception;
    }

    private static List<HttpResponse<String>> atOnce(int count, Asking asking) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
            for (int call = 0; call < count; call++) {
                int number = call;
                calls.add(() -> asking.call(number));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long passed(List<HttpResponse<String>> answers) {
        return answers.stream().filter(answer -> answer.statusCode() == 200).count();
    }

    private HttpResponse<String> migrate(int gateway, String from) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateways.get(gateway).port() + "/v1/sessions/migrate");
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", Fixtures.consumerAuthorization())
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", from)
                        .POST(BodyPublishers.ofString(GOOD))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        gateways.forEach(TestGateway::close);
        sandbox.close();
        proxy.close();
        store.close();
    }
}
