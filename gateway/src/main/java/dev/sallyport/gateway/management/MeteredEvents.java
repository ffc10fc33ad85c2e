package dev.sallyport.gateway.management;

import static dev.sallyport.contract.ContractLedger.MOST_PLACES;
import static dev.sallyport.contract.ContractLedger.OTHER_PLACES;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.capture.CaptureEvents;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Room;
import dev.sallyport.observe.CallEvents;
import dev.sallyport.ratelimit.RateLimitEvents;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Reason.Fault;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import dev.sallyport.resilience.RetryEvents;
import dev.sallyport.token.FetchFault;
import dev.sallyport.token.KeyEvents;
import dev.sallyport.token.KeySet;
import dev.sallyport.token.KeySource.Issuer;
import dev.sallyport.token.TokenEvents;
import dev.sallyport.token.TokenFault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Everything that filters tell, as meters, and as a log line where an operator has to act. Thread-safe. */
public final class MeteredEvents
        implements CallEvents, ContractEvents, TokenEvents, KeyEvents, RetryEvents, RateLimitEvents, CaptureEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
        Duration.ofSeconds(10), Duration.ofSeconds(30),
    };

    private static final String VERIFIED = "verified";
    private static final String NO_TOKEN = "none";
    private static final String KEYS_UNAVAILABLE = "keys_unavailable";
    private static final String FETCHED = "ok";

    private final MeterRegistry registry;
    private final Map<CallKey, Timer> timers = new ConcurrentHashMap<>();
    private final ConcurrentMap<ViolationKey, Counter> violations = new ConcurrentHashMap<>();
    private final Map<String, Counter> tokens = new HashMap<>();
    private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

    private final ConcurrentMap<DriftKey, Counter> drifts = new ConcurrentHashMap<>();
    private final Room places = new Room(MOST_PLACES);

    private record DriftKey(String operation, Drift drift, String pointer) {
        DriftKey other() {
            return new DriftKey(operation, drift, OTHER_PLACES);
        }
    }

    private record CallKey(String operation, String outcome, String reason) {}

    private record ViolationKey(
            String operation, Direction direction, String keyword, String pointer, boolean refused) {
        ViolationKey other() {
            return new ViolationKey(operation, direction, OTHER_PLACES, OTHER_PLACES, refused);
        }
    }

    /**
     * Meters in a registry. Those of refusals, session tokens and key fetches are there from the start, since Prometheus
     * cannot see the first rise of a series that begins with it; all others are made when they are first needed.
     */
    public MeteredEvents(MeterRegistry registry) {
        this.registry = registry;
        Stream.of(Reason.values()).forEach(reason -> refusals.put(reason, refusalCounter(reason)));
        Stream<String> faults = Stream.of(TokenFault.values()).map(TokenFault::label);
        Stream.concat(Stream.of(VERIFIED, NO_TOKEN, KEYS_UNAVAILABLE), faults)
                .forEach(result -> tokens.put(result, tokenCounter(result)));
        Stream<String> failures = Stream.of(FetchFault.values()).map(FetchFault::label);
        Stream.concat(Stream.of(FETCHED), failures).forEach(this::refreshes);
    }

    @Override
    public void answered(Call call, Reply reply, long nanos) {
        if (reply instanceof Answer answer) {
            observe(call.operation(), answer.isSuccess() ? "ok" : "provider_error", "none", nanos);
            return;
        }
        Rejection rejection = ((Refusal) reply).rejection();
        observe(call.operation(), "refused", rejection.reason().name(), nanos);
        if (rejection.reason().fault() != Fault.CALLER) {
            log(call, rejection, nanos);
        }
    }

    /** A refusal was written, whoever decided it; most of those at the edge belong to no operation. */
    public void refusalWritten(Reason reason) {
        Objects.requireNonNull(refusals.get(reason)).increment();
    }

    private Counter refusalCounter(Reason reason) {
        return counter("sallyport.refusals", "Refusals that the gateway wrote, by reason", "reason", reason.name());
    }

    @Override
    public void aborted(Call call, long nanos) {
        observe(call.operation(), "client_abort", "none", nanos);
    }

    @Override
    public void failed(Call call, Throwable bug, long nanos) {
        observe(call.operation(), "refused", "INTERNAL", nanos);
        LOG.atError()
                .addKeyValue("operation", call.operation())
                .setCause(bug)
                .log("A call failed because of a bug in the gateway");
    }

    private void observe(String operation, String outcome, String reason, long nanos) {
        timers.computeIfAbsent(new CallKey(operation, outcome, reason), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(CallKey key) {
        return Timer.builder("sallyport.calls")
                .description("Calls by operation, outcome and the reason of a refusal")
                .tags("operation", key.operation(), "outcome", key.outcome(), "reason", key.reason())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Pointers and keywords, never a value; the caller's own faults are metrics only. */
    private static void log(Call call, Rejection rejection, long nanos) {
        LOG.atWarn()
                .addKeyValue("operation", call.operation())
                .addKeyValue("reason", rejection.reason())
                .addKeyValue("millis", nanos / 1_000_000)
                .addKeyValue(
                        "violations",
                        rejection.violations().stream()
                                .map(violation -> (violation.at() + " " + violation.keyword()).strip())
                                .toList())
                .log("Refused: {}", rejection.message());
    }

    @Override
    public void broken(Operation operation, Direction direction, List<Violation> broken, boolean refused) {
        for (Violation violation : broken) {
            var key = new ViolationKey(
                    operation.id(), direction, violation.keyword(), violation.contractPointer(), refused);
            places.in(violations, key, ViolationKey::other, this::violationCounter)
                    .increment();
        }
    }

    private Counter violationCounter(ViolationKey key) {
        return Counter.builder("sallyport.contract.violations")
                .description("Places where a document departed from its contract, by pointer into the contract")
                .tags("operation", key.operation())
                .tags("direction", key.direction().name().toLowerCase(Locale.ROOT))
                .tags("keyword", key.keyword(), "pointer", key.pointer())
                .tags("mode", key.refused() ? "enforce" : "report")
                .register(registry);
    }

    @Override
    public void drifted(Operation operation, Drift drift, String pointer) {
        var key = new DriftKey(operation.id(), drift, pointer);
        places.in(drifts, key, DriftKey::other, this::driftCounter).increment();
    }

    private Counter driftCounter(DriftKey key) {
        return Counter.builder("sallyport.contract.drift")
                .description("What the provider sends beside its contract, by pointer into the contract")
                .tags("operation", key.operation(), "pointer", key.pointer())
                .tags("kind", key.drift().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void safetyCatch(Operation operation, boolean released) {
        if (released) {
            counter("sallyport.safety.catch.releases", "Reply schemas gone over to report", "operation", operation.id())
                    .increment();
            LOG.atWarn()
                    .addKeyValue("operation", operation.id())
                    .log("The provider's replies suddenly break their schema: it is only reported for a while");
        } else {
            LOG.atInfo().addKeyValue("operation", operation.id()).log("The reply schema is enforced again");
        }
    }

    @Override
    public void verified(Operation operation) {
        token(VERIFIED);
    }

    @Override
    public void none(Operation operation) {
        token(NO_TOKEN);
    }

    @Override
    public void refused(Operation operation, TokenFault fault) {
        token(fault.label());
    }

    @Override
    public void keysUnavailable(Operation operation) {
        token(KEYS_UNAVAILABLE);
    }

    private void token(String result) {
        Objects.requireNonNull(tokens.get(result)).increment();
    }

    private Counter tokenCounter(String result) {
        return counter(
                "sallyport.session.tokens", "Session tokens in replies, by what became of them", "result", result);
    }

    @Override
    public void refreshed(Issuer issuer, KeySet keys) {
        refreshes(FETCHED).increment();
    }

    private Counter refreshes(String result) {
        return counter("sallyport.jwks.refreshes", "Fetches of session keys, by result", "result", result);
    }

    @Override
    public void failed(Issuer issuer, FetchFault why, boolean held) {
        refreshes(why.label()).increment();
        boolean isOfAnotherProduct = why == FetchFault.NOT_PUBLISHED && !held;
        LOG.atLevel(isOfAnotherProduct ? Level.DEBUG : Level.WARN)
                .addKeyValue("jwks", issuer.jwks().id())
                .addKeyValue("why", why.label())
                .log(
                        isOfAnotherProduct
                                ? "No session keys of this project are published here; it is of another product, or unknown"
                                : "Session keys could not be fetched; those at hand, if any, stay in use");
    }

    @Override
    public void askedFor(Issuer issuer, Unknown outcome) {
        String result = outcome.name().toLowerCase(Locale.ROOT);
        counter("sallyport.jwks.unknown.keys", "Calls whose key was not at hand, by result", "result", result)
                .increment();
    }

    @Override
    public void retried(String operation) {
        retry(operation, "unreachable");
    }

    @Override
    public void outOfBudget(String operation) {
        retry(operation, "out_of_budget");
    }

    private void retry(String operation, String why) {
        counter("sallyport.retries", "Retries, made and not made", "operation", operation, "why", why)
                .increment();
    }

    @Override
    public void line(Result result) {
        String label = result.name().toLowerCase(Locale.ROOT);
        counter("sallyport.capture.lines", "Calls that were to be captured, by result", "result", label)
                .increment();
    }

    @Override
    public void limited(String limit) {
        counter("sallyport.rate.limited", "Calls that a limit refused", "limit", limit)
                .increment();
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }
}
