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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
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

    private final MeterRegistry registry;
    private final Map<CallKey, Timer> timers = new ConcurrentHashMap<>();
    private final ConcurrentMap<ViolationKey, Counter> violations = new ConcurrentHashMap<>();
    private final Map<String, Counter> tokens = new ConcurrentHashMap<>();
    private final Map<Reason, Counter> refusals = new ConcurrentHashMap<>();

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

    /** Meters in a registry, each made when it is first needed and then kept. */
    public MeteredEvents(MeterRegistry registry) {
        this.registry = registry;
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
        refusals.computeIfAbsent(reason, this::refusalCounter).increment();
    }

    private Counter refusalCounter(Reason reason) {
        return Counter.builder("sallyport.refusals")
                .description("Refusals that the gateway wrote, by reason")
                .tags("reason", reason.name())
                .register(registry);
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
            registry.counter("sallyport.safety.catch.releases", "operation", operation.id())
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
        token("verified");
    }

    @Override
    public void none(Operation operation) {
        token("none");
    }

    @Override
    public void refused(Operation operation, TokenFault fault) {
        token(fault.label());
    }

    @Override
    public void keysUnavailable(Operation operation) {
        token("keys_unavailable");
    }

    private void token(String result) {
        tokens.computeIfAbsent(result, this::tokenCounter).increment();
    }

    private Counter tokenCounter(String result) {
        return Counter.builder("sallyport.session.tokens")
                .description("Session tokens in replies, by what became of them")
                .tags("result", result)
                .register(registry);
    }

    @Override
    public void refreshed(Issuer issuer, KeySet keys) {
        registry.counter("sallyport.jwks.refreshes", "result", "ok").increment();
    }

    @Override
    public void failed(Issuer issuer, FetchFault why, boolean held) {
        registry.counter("sallyport.jwks.refreshes", "result", why.label()).increment();
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
        registry.counter("sallyport.jwks.unknown.keys", "result", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void retried(String operation) {
        registry.counter("sallyport.retries", "operation", operation, "why", "unreachable")
                .increment();
    }

    @Override
    public void outOfBudget(String operation) {
        registry.counter("sallyport.retries", "operation", operation, "why", "out_of_budget")
                .increment();
    }

    @Override
    public void line(Result result) {
        registry.counter("sallyport.capture.lines", "result", result.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void limited(String limit) {
        registry.counter("sallyport.rate.limited", "limit", limit).increment();
    }
}
