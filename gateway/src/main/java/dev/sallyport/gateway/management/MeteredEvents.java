package dev.sallyport.gateway.management;

import dev.sallyport.capture.CaptureEvents;
import dev.sallyport.gateway.log.RefusalLog;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.gateway.management.meters.CallMeters;
import dev.sallyport.gateway.management.meters.ContractMeters;
import dev.sallyport.gateway.management.meters.KeyMeters;
import dev.sallyport.gateway.management.meters.TokenMeters;
import dev.sallyport.ratelimit.RateLimitEvents;
import dev.sallyport.rejection.Reason;
import dev.sallyport.resilience.RetryEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import reactor.core.scheduler.Schedulers;

/** Who hears of what filters and edges tell: meters by concern, and the log where an operator has to act. Thread-safe. */
public final class MeteredEvents implements RetryEvents, RateLimitEvents, CaptureEvents {
    private final MeterRegistry registry;
    private final CallMeters calls;
    private final ContractMeters contracts;
    private final TokenMeters tokens;
    private final KeyMeters keys;
    private final RefusalLog log = new RefusalLog(Schedulers.parallel());
    private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

    /**
     * Meters in a registry. Those of refusals, session tokens and key fetches are there from the start, since Prometheus
     * cannot see the first rise of a series that begins with it; all others are made when they are first needed.
     */
    public MeteredEvents(MeterRegistry registry) {
        this.registry = registry;
        this.calls = new CallMeters(registry);
        this.contracts = new ContractMeters(registry);
        this.tokens = new TokenMeters(registry);
        this.keys = new KeyMeters(registry, Schedulers.parallel());
        Stream.of(Reason.values()).forEach(reason -> refusals.put(reason, refusalCounter(reason)));
    }

    public CallMeters calls() {
        return calls;
    }

    public ContractMeters contracts() {
        return contracts;
    }

    public TokenMeters tokens() {
        return tokens;
    }

    public KeyMeters keys() {
        return keys;
    }

    /** A refusal was written, at the edge or in a pipeline: counted, and told in one line. */
    public void refusalWritten(WrittenRefusal written) {
        Reason reason = written.refusal().rejection().reason();
        Objects.requireNonNull(refusals.get(reason)).increment();
        log.accept(written);
    }

    private Counter refusalCounter(Reason reason) {
        return counter("sallyport.refusals", "Refusals that the gateway wrote, by reason", "reason", reason.name());
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
