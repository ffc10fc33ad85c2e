package dev.sallyport.token.keys.fetch;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A source of keys before a fake provider. Work that is handed to other threads happens at once, and waits end when a test
 * says so.
 */
final class KeyFetching implements AfterEachCallback {
    static final Issuer ISSUER =
            new Issuer(new Operation("keys", "GET", "/keys/{project}"), TokenAlgorithm.RS256, "project");
    static final Issuer OTHER = new Issuer(ISSUER.jwks(), TokenAlgorithm.RS256, "other");
    static final String GOOD = Keys.jwks(Keys.GOOD);
    static final String ROTATED = Keys.jwks(Keys.GOOD, Keys.OTHER);
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final KeyTiming TIMING = new KeyTiming(
            Duration.ofMinutes(10), Duration.ofHours(4), Duration.ofSeconds(2), INTERVAL, Duration.ofSeconds(5));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final FakeFetch fetch = new FakeFetch();
    private final List<String> heard = new ArrayList<>();
    private final List<String> causes = new ArrayList<>();
    private final Clock clock = new VirtualClock();
    private final JwksKeySource source;
    private boolean isDeaf;
    private Scheduler loop = Schedulers.immediate();

    KeyFetching() {
        var scheduling = new KeyFetchContext.Scheduling(clock, time, () -> loop, () -> 0);
        var context = new KeyFetchContext(fetch, TIMING, null, new Recording(), scheduling);
        source = new JwksKeySource(List.of(ISSUER), context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        VirtualTimeScheduler.reset();
    }

    JwksKeySource source() {
        return source;
    }

    FakeFetch fetch() {
        return fetch;
    }

    /** What was told of fetches and of unknown keys, in its order. */
    List<String> heard() {
        return heard;
    }

    /** What was told of what went wrong underneath. */
    List<String> causes() {
        return causes;
    }

    VirtualTimeScheduler time() {
        return time;
    }

    Clock clock() {
        return clock;
    }

    /** From now on there is a bug in who hears of new keys. */
    void deafen() {
        isDeaf = true;
    }

    /** From now on calls belong to a loop that runs only when a test says so. */
    Deque<Runnable> ownLoop() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        loop = Schedulers.fromExecutor(tasks::add);
        return tasks;
    }

    static void runAll(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    KeySet fetched() {
        fetch.next(GOOD);
        KeySet keys = source.having(ISSUER, "good").block();
        return Objects.requireNonNull(keys);
    }

    /** Keys, and as many fruitless fetches after them as are permitted at once. */
    void exhausted() {
        fetched();
        for (int fruitless = 0; fruitless < UnknownKidThrottle.MOST; fruitless++) {
            time.advanceTimeBy(Duration.ofMillis(100));
            fetch.next(GOOD);
            source.having(ISSUER, "made-up" + fruitless).block();
        }
    }

    private final class Recording implements KeyEvents {
        @Override
        public void refreshed(Issuer issuer, KeySet keys) {
            if (isDeaf) {
                throw new IllegalStateException("a bug");
            }
            heard.add("refreshed " + keys.keyIds().size());
        }

        @Override
        public void ignored(Issuer issuer, KeyFlaw why, int keys) {
            heard.add("ignored " + keys + " " + why);
        }

        @Override
        public void failed(Issuer issuer, FetchFailed why, boolean held) {
            heard.add("failed " + why.fault() + (held ? " held" : ""));
            if (why.getCause() != null) {
                causes.add(String.valueOf(why.getCause().getMessage()));
            }
        }

        @Override
        public void askedFor(Issuer issuer, Unknown outcome) {
            heard.add(outcome.name());
        }
    }

    /** Goes on with the test's time. */
    private final class VirtualClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.parse("2026-11-20T12:00:00Z").plusMillis(time.now(TimeUnit.MILLISECONDS));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
