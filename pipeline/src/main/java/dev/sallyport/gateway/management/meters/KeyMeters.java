package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.log.Causes;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches of session keys as counters, and their failures in the log: the first of a kind, then their number. Thread-safe. */
public final class KeyMeters implements KeyEvents {
    private static final String FETCHED = "ok";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_KINDS = 100;
    private static final Failure OTHERS = new Failure("(other)", FetchFault.UNREACHABLE);
    private static final Unused OTHER_KEYS = new Unused("(other)", KeyFlaw.UNREADABLE);
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");

    private final MeterRegistry registry;
    private final LineWindows windows;
    private final String keys;
    private final RepeatedLines<Failure> failures;
    private final RepeatedLines<Unused> ignored;

    /** One kind of line: another fault is news, the same one is not. */
    private record Failure(String jwks, FetchFault why) {}

    /** Another kind of line: keys of a set that is used otherwise. */
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
        this.failures = new RepeatedLines<>(new Bounds(1, WINDOW, MOST_KINDS), OTHERS, windows, this::summedUp);
        this.ignored = new RepeatedLines<>(new Bounds(1, WINDOW, MOST_KINDS), OTHER_KEYS, windows, KeyMeters::summedUp);
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
        var failure = new Failure(issuer.jwks().id(), why.fault());
        if (why.fault() == FetchFault.NOT_PUBLISHED && !held) {
            LOG.atDebug()
                    .addKeyValue("jwks", failure.jwks())
                    .addKeyValue("why", failure.why().label())
                    .log("No session keys of this project are published here; it is of another product, or unknown");
        } else if (failures.isInFull(failure)) {
            LOG.atWarn()
                    .addKeyValue("jwks", failure.jwks())
                    .addKeyValue("why", failure.why().label())
                    .addKeyValue("cause", Causes.told(why))
                    .log("{} could not be fetched; those at hand, if any, stay in use", keys);
        }
    }

    private void summedUp(Failure failure, String more) {
        LOG.atWarn()
                .addKeyValue("jwks", failure.jwks())
                .addKeyValue("why", failure.why().label())
                .log("{} could not be fetched: {}", keys, more);
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
