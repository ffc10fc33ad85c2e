package dev.sallyport.gateway;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls through a running gateway, several at a time, and what became of them; each run leaves a line of figures. */
final class KeyRun implements AutoCloseable {
    /** Also printed; both at the end of each run. */
    static final Path REPORT = Path.of("target", "key-runs.txt");

    private static final int CALLERS = 6;
    /** Of a whole run, on a machine that is busy with other things. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final String MIGRATE =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String EXCHANGE = "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID
            + "\",\"session_token\":\"" + Fixtures.MEMBER_SESSION_TOKEN + "\"}";

    private final Sandbox sandbox;
    private final TestGateway gateway;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    KeyRun(Sandbox sandbox, TestGateway gateway) {
        this.sandbox = sandbox;
        this.gateway = gateway;
    }

    /** What became of the calls of one run. */
    record Figures(long calls, Map<String, Long> outcomes, long fetches, Duration slowest, Duration took) {
        long failures() {
            return calls - outcomes.getOrDefault("200", 0L);
        }
    }

    /** A consumer's session, migrated. */
    String migrate() throws IOException, InterruptedException {
        return outcome("/v1/sessions/migrate", Fixtures.consumerAuthorization(), MIGRATE, "");
    }

    /** A member's session, exchanged. */
    String exchange(String fault) throws IOException, InterruptedException {
        return outcome("/v1/b2b/sessions/exchange", Fixtures.b2bAuthorization(), EXCHANGE, fault);
    }

    /** The status, with the reason of a refusal. */
    private String outcome(String path, String authorization, String body, String fault)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!fault.isEmpty()) {
            request.header("X-Sandbox-Fault", fault);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String reason = answer.headers().firstValue("Sallyport-Rejection").orElse("");
        return (answer.statusCode() + " " + reason).strip();
    }

    /** Calls one after another by several callers, paced, until {@code done}. */
    Figures whileCalling(String name, Callable<String> call, BooleanSupplier done) throws Exception {
        return measured(name, call, Duration.ofMillis(20), number -> done.getAsBoolean());
    }

    /** So many calls, as fast as they go. */
    Figures calling(String name, long count, Callable<String> call) throws Exception {
        return measured(name, call, Duration.ZERO, number -> number > count);
    }

    /** Decides whether a caller stops before its next call. */
    private interface End {
        boolean isReached(long number);
    }

    private Figures measured(String name, Callable<String> call, Duration pace, End end) throws Exception {
        Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
        var slowest = new LongAccumulator(Math::max, 0);
        var numbers = new AtomicLong();
        long fetchesBefore = sandbox.jwksFetches();
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            running.add(callers.submit(() -> {
                while (!end.isReached(numbers.incrementAndGet())) {
                    long began = System.nanoTime();
                    outcomes.computeIfAbsent(call.call(), ignored -> new LongAdder())
                            .increment();
                    slowest.accumulate(System.nanoTime() - began);
                    LockSupport.parkNanos(pace.toNanos());
                }
                return null;
            }));
        }
        for (Future<?> caller : running) {
            caller.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        var figures = new Figures(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                counts,
                sandbox.jwksFetches() - fetchesBefore,
                Duration.ofNanos(slowest.get()),
                Duration.ofNanos(System.nanoTime() - start));
        tell(name, figures);
        return figures;
    }

    private static void tell(String name, Figures figures) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "key run: %s: calls=%d failures=%d fetches=%d slowest=%dms took=%dms outcomes=%s%n",
                name,
                figures.calls(),
                figures.failures(),
                figures.fetches(),
                figures.slowest().toMillis(),
                figures.took().toMillis(),
                figures.outcomes());
        System.out.print(line);
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What the management port answers. */
    HttpResponse<String> managed(String path) throws IOException, InterruptedException {
        return got(client, "http://127.0.0.1:" + gateway.managementPort() + path);
    }

    /** What is published at an address. */
    static String text(String url) throws IOException, InterruptedException {
        return got(HttpClient.newHttpClient(), url).body();
    }

    private static HttpResponse<String> got(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Whether so much time has passed since now. */
    static BooleanSupplier after(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() > end;
    }

    /** Whether so much time has passed since something was so for the first time. */
    static BooleanSupplier after(Duration time, BooleanSupplier condition) {
        var end = new AtomicReference<@Nullable BooleanSupplier>();
        return () -> {
            if (end.get() == null && condition.getAsBoolean()) {
                end.compareAndSet(null, after(time));
            }
            @Nullable BooleanSupplier isOver = end.get();
            return isOver != null && isOver.getAsBoolean();
        };
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
