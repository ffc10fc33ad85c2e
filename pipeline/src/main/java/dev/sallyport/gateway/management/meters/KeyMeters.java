package dev.sallyport.gateway.management.meters;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.log.FailureWatch;
import dev.sallyport.gateway.log.FailureWatch.Words;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.FetchFailed;
import dev.sallyport.token.keys.fetch.FetchFault;
import dev.sallyport.token.keys.fetch.KeyEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches of session keys as counters, and in the log that they fail, and that they work again: of an operation that publishes keys, as
 * soon as those have come for which it last failed. Thread-safe.
 */
public final class KeyMeters implements KeyEvents {
    private static final String FETCHED = "ok";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_KINDS = 100;
    private static final int MOST_FAILING = 1000;
    /** Fetches are tried again within a minute, unless it is one that is not needed any more. */
    private static final Duration FAILING = Duration.ofMinutes(5);

    private static final Unused OTHER_KEYS = new Unused("(other)", KeyFlaw.UNREADABLE);
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");

    private final MeterRegistry registry;
    private final LineWindows windows;
    private final String keys;
    private final RepeatedLines<Unused> ignored;
    private final ConcurrentMap<String, FailureWatch> watches = new ConcurrentHashMap<>();
    /** Whose keys could not be fetched when they were last asked for. */
    private final Cache<Issuer, String> failing;

    /** One kind of line: keys of a set that is used otherwise. */
    private record Unused(String jwks, KeyFlaw why) {}

    /**
     * Counters in a registry; those of fetches are there from the start.
     *
     * @param windows those of repeated lines
     */
    public KeyMeters(MeterRegistry registry, LineWindows windows) {
        this(registry, windows, "Session keys");
    }

    private KeyMeters(MeterRegistry registry, LineWindows windows, String keys) {
        this.registry = registry;
        this.windows = windows;
        this.keys = keys;
        this.ignored = new RepeatedLines<>(new Bounds(1, WINDOW, MOST_KINDS), OTHER_KEYS, windows, KeyMeters::summedUp);
        this.failing = Caffeine.newBuilder()
                .maximumSize(MOST_FAILING)
                .expireAfterWrite(FAILING)
                .build();
        Stream<String> faults = Stream.of(FetchFault.values()).map(FetchFault::label);
        Stream.concat(Stream.of(FETCHED), faults).forEach(this::refreshes);
    }

    /** The same counters, with lines about keys of another kind. */
    public KeyMeters of(String otherKeys) {
        return new KeyMeters(registry, windows, otherKeys);
    }

    @Override
    public void refreshed(Issuer issuer, KeySet keys) {
        refreshes(FETCHED).increment();
        well(issuer);
    }

    private void well(Issuer issuer) {
        String jwks = issuer.jwks().id();
        @Nullable FailureWatch watch = watches.get(jwks);
        if (watch != null) {
            failing.invalidate(issuer);
            failing.cleanUp();
            if (!failing.asMap().containsValue(jwks)) {
                watch.well();
            }
        }
    }

    private Counter refreshes(String result) {
        return Counter.builder("sallyport.jwks.refreshes")
                .description("Fetches of key sets, by result")
                .tags("result", result)
                .register(registry);
    }

    /** A key of another use beside those for signatures is what a provider may well publish; all else is worth a warning. */
    @Override
    public void ignored(Issuer issuer, KeyFlaw why, int keys) {
        var unused = new Unused(issuer.jwks().id(), why);
        if (why == KeyFlaw.UNSUITED) {
            LOG.atDebug().addKeyValue("jwks", unused.jwks()).log("Some published keys are for another use");
        } else if (ignored.isInFull(unused)) {
            LOG.atWarn()
                    .addKeyValue("jwks", unused.jwks())
                    .addKeyValue("why", why.label())
                    .addKeyValue("keys", keys)
                    .log("Some published keys are not used");
        }
    }

    private static void summedUp(Unused unused, String more) {
        LOG.atWarn()
                .addKeyValue("jwks", unused.jwks())
                .addKeyValue("why", unused.why().label())
                .log("Some published keys are not used: {}", more);
    }

    @Override
    public void failed(Issuer issuer, FetchFailed why, boolean held) {
        refreshes(why.fault().label()).increment();
        String jwks = issuer.jwks().id();
        if (why.fault() == FetchFault.NOT_PUBLISHED && !held) {
            LOG.atDebug()
                    .addKeyValue("jwks", jwks)
                    .addKeyValue("why", why.fault().label())
                    .log("No session keys of this project are published here; it is of another product, or unknown");
            well(issuer);
            return;
        }
        failing.put(issuer, jwks);
        watches.computeIfAbsent(jwks, this::watch)
                .failed(
                        why.fault().label(),
                        line -> line.addKeyValue("why", why.fault().label()).addKeyValue("cause", Causes.told(why)));
    }

    private FailureWatch watch(String jwks) {
        var words = new Words(
                keys + " could not be fetched; those at hand, if any, stay in use",
                keys + " still cannot be fetched",
                keys + " are fetched again",
                Map.of("jwks", jwks));
        return new FailureWatch(LOG, words, Duration.ZERO, System::nanoTime);
    }

    @Override
    public void askedFor(Issuer issuer, Unknown outcome) {
        Counter.builder("sallyport.jwks.unknown.keys")
                .description("Calls whose key was not at hand, by result")
                .tags("result", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
