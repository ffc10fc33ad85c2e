package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.Misbehaviour.Late;
import dev.sallyport.gateway.Misbehaviour.Own;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a provider puts on the wire, a caller gets the reply to its own call or a refusal. With {@code -Draw.calls=100000}
 * that many calls are made in all; a build makes fewer.
 */
@Timeout(600)
final class RawProviderTest {
    private static final int CALLS = Integer.getInteger("raw.calls", 9_000) / Misbehaviour.values().length;
    private static final int CALLERS = 16;
    private static final int ONE_OF = 10;
    private static final int[] LATE_MILLIS = {0, 0, 1, 5, 20, 100, 400};

    private static RawProvider provider;
    private static TestGateway gateway;
    private static ExecutorService callers;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws IOException {
        provider = new RawProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(), "--sallyport.provider.pool.max-connections=16", "--sallyport.deadline=20s");
        callers = Executors.newFixedThreadPool(CALLERS);
    }

    @AfterAll
    static void stop() throws IOException {
        callers.shutdownNow();
        gateway.close();
        provider.close();
    }

    /** What one test left to be written later is none of the next one's. */
    @BeforeEach
    void begin_with_connections_of_its_own() throws IOException {
        provider.hangUp();
    }

    @ParameterizedTest
    @EnumSource
    void alone_every_call_gets_what_is_its_own(Misbehaviour how) throws Exception {
        provider.misbehave(how, 1, () -> 0);

        Outcome mistreated = call();
        provider.misbehave(Misbehaviour.NONE, 1, () -> 0);
        Outcome next = call();

        assertThat(mistreated.kind())
                .as("the call itself: %s", mistreated)
                .isEqualTo(how.own() == Own.ANSWERED ? Kind.OWN : Kind.REFUSED);
        assertThat(next.kind()).as("the next call: %s", next).isEqualTo(Kind.OWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"EARLY_HINTS", "PROCESSING_TWICE"})
    void a_reply_long_after_an_interim_one_is_waited_for(Misbehaviour how) throws Exception {
        provider.misbehave(how, 1, () -> 300);

        Outcome outcome = call();

        assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(Kind.OWN);
    }

    @ParameterizedTest
    @EnumSource
    void under_load_no_reply_reaches_another_caller(Misbehaviour how) throws Exception {
        provider.misbehave(how, ONE_OF, lateness());

        List<Outcome> outcomes = callers(CALLS);

        assertThat(outcomes).as("replies of others").noneMatch(outcome -> outcome.kind() == Kind.OF_ANOTHER);
        if (how.shows() == Late.NOWHERE) {
            assertThat(outcomes)
                    .as("bystanders are answered")
                    .filteredOn(outcome -> !provider.mistreated(outcome.user()))
                    .allMatch(outcome -> outcome.kind() == Kind.OWN);
            Kind own = how.own() == Own.ANSWERED ? Kind.OWN : Kind.REFUSED;
            assertThat(outcomes)
                    .filteredOn(outcome -> provider.mistreated(outcome.user()))
                    .isNotEmpty()
                    .allMatch(outcome -> outcome.kind() == own);
        }
    }

    private static IntSupplier lateness() {
        var random = new Random(8);
        return () -> {
            synchronized (random) {
                return LATE_MILLIS[random.nextInt(LATE_MILLIS.length)];
            }
        };
    }

    private List<Outcome> callers(int calls) throws Exception {
        var left = new AtomicInteger(calls);
        Callable<List<Outcome>> caller = () -> {
            List<Outcome> outcomes = new ArrayList<>();
            while (left.decrementAndGet() >= 0) {
                outcomes.add(call());
            }
            return outcomes;
        };
        List<Outcome> all = new ArrayList<>();
        for (Future<List<Outcome>> done : callers.invokeAll(Collections.nCopies(CALLERS, caller))) {
            all.addAll(done.get());
        }
        return all;
    }

    private enum Kind {
        OWN,
        REFUSED,
        OF_ANOTHER
    }

    private record Outcome(String user, Kind kind, int status, String reason, String body) {}

    private Outcome call() throws Exception {
        String user = "user-test-" + UUID.randomUUID();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.port() + "/v1/sessions?user_id=" + user))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", RawCalls.AUTHORIZATION.substring("Authorization: ".length()))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        String reason = answer.headers().firstValue("Sallyport-Rejection").orElse("");
        boolean own = answer.statusCode() == 200 && answer.body().contains(user);
        Kind kind = !reason.isEmpty() ? Kind.REFUSED : own ? Kind.OWN : Kind.OF_ANOTHER;
        return new Outcome(user, kind, answer.statusCode(), reason, answer.body());
    }
}
