package dev.sallyport.gateway.console.home;

import dev.sallyport.gateway.console.history.History;
import dev.sallyport.gateway.console.source.ConsoleSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong at a moment, the worst first. */
public final class Conditions {
    private final TrustConditions trust;
    private final ContractConditions contracts;
    private final TrafficConditions traffic;
    private final ProcessConditions process;
    private final Onsets onsets = new Onsets();

    public Conditions(ConsoleSources sources, History history) {
        this.trust = new TrustConditions(sources);
        this.contracts = new ContractConditions(sources.contracts());
        this.traffic = new TrafficConditions(history);
        this.process = new ProcessConditions(sources);
    }

    /** Looks at all of it. */
    public List<Condition> at(Instant now) {
        List<Condition> found = new ArrayList<>();
        found.addAll(traffic.at(now));
        found.addAll(trust.at(now));
        found.addAll(contracts.now());
        found.addAll(process.now());
        return onsets.noted(found, now).stream()
                .sorted(Comparator.comparing(Condition::severity).reversed())
                .toList();
    }
}
