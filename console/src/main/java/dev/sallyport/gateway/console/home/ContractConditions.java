package dev.sallyport.gateway.console.home;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.watch.ContractWatches;
import dev.sallyport.contract.watch.DriftWatch;
import dev.sallyport.contract.watch.DriftWatch.Novelty;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.gateway.console.home.Condition.Fault;
import dev.sallyport.gateway.console.home.Condition.Severity;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Change;
import dev.sallyport.gateway.console.source.ConsoleSources.Reload;
import dev.sallyport.gateway.console.source.ConsoleSources.TemporaryMode;
import dev.sallyport.gateway.generation.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Contracts that are not those on disk, not enforced, or not what the provider keeps to any more. */
final class ContractConditions {
    private static final String VIOLATIONS = "/console/violations";

    private final ConsoleSources.Contracts contracts;

    ContractConditions(ConsoleSources.Contracts contracts) {
        this.contracts = contracts;
    }

    List<Condition> now() {
        List<Condition> found = new ArrayList<>();
        Generation serving = contracts.serving().get();
        contracts.lastReload().get().ifPresent(reload -> found.addAll(ofReload(reload)));
        List<String> lenient = new ArrayList<>();
        ContractSettings modes = serving.settings().contracts();
        serving.pack().catalog().contracts().forEach(contract -> {
            String id = contract.operation().id();
            found.addAll(ofWatches(id));
            if (modes.request(id).mode() != Mode.ENFORCE || modes.reply(id).mode() != Mode.ENFORCE) {
                lenient.add(id);
            }
        });
        if (!lenient.isEmpty()) {
            found.add(Condition.of(
                    "lenient",
                    Severity.NOTE,
                    Fault.GATEWAY,
                    lenient.size() + " operations are not enforced at both doors",
                    String.join(", ", lenient) + ".",
                    "/console/operations"));
        }
        contracts.actions().temporary().get().forEach(mode -> found.add(ofTemporary(mode)));
        if (!serving.settings().reload().watch()) {
            found.add(Condition.of(
                    "unwatched",
                    Severity.NOTE,
                    Fault.GATEWAY,
                    "Files on disk are not watched",
                    "reload.watch is false: whether settings and contracts on disk are those that serve is not known.",
                    "/console/settings"));
        }
        return found;
    }

    private static List<Condition> ofReload(Reload reload) {
        List<Condition> found = new ArrayList<>();
        if (reload.refused()) {
            found.add(Condition.of(
                            "reload-refused",
                            Severity.WRONG,
                            Fault.GATEWAY,
                            "A reload was refused: what is on disk is not what serves",
                            String.join(" ", reload.problems()),
                            "/console/state")
                    .since(reload.at()));
        }
        if (!reload.needRestart().isEmpty()) {
            found.add(Condition.of(
                            "needs-restart",
                            Severity.WARNING,
                            Fault.GATEWAY,
                            "Changed settings wait for a restart",
                            String.join(", ", reload.needRestart()) + ".",
                            "/console/settings")
                    .since(reload.at()));
        }
        return found;
    }

    /** To refuse less for a while is never silent. */
    private static Condition ofTemporary(TemporaryMode mode) {
        Change change = mode.change();
        return Condition.of(
                        "temporary:" + mode.operation() + "." + change.door(),
                        mode.loosens() ? Severity.WARNING : Severity.NOTE,
                        Fault.GATEWAY,
                        "The " + change.door() + " contract of " + mode.operation() + " is "
                                + (mode.loosens() ? "loosened" : "set") + " for a while",
                        change.to() + " in place of " + change.from() + ", until " + Shown.time(mode.until()) + ".",
                        "/console/actions")
                .since(mode.since());
    }

    private List<Condition> ofWatches(String operation) {
        ContractWatches watches = contracts.observers().watches();
        List<Condition> found = new ArrayList<>();
        watches.safetyCatch(operation)
                .filter(SafetyCatch::isReleased)
                .ifPresent(released -> found.add(Condition.of(
                        "safety-catch:" + operation,
                        Severity.WRONG,
                        Fault.PROVIDER,
                        "The provider's replies to " + operation + " suddenly break their schema",
                        "The safety catch let go: the schema is only reported for another " + released.secondsLeft()
                                + " s.",
                        VIOLATIONS + "?operation=" + Shown.encoded(operation))));
        List<Novelty> drift =
                watches.drift(operation).map(DriftWatch::novelties).orElse(List.of());
        Optional<Instant> since = drift.stream().map(one -> one.count().first()).min(Comparator.naturalOrder());
        since.ifPresent(first -> found.add(Condition.of(
                        "drift:" + operation,
                        Severity.WARNING,
                        Fault.PROVIDER,
                        "The contract of " + operation + " is behind the provider",
                        "Fields and values in replies that their schema does not know: " + drift.size() + ".",
                        VIOLATIONS + "?kind=drift&operation=" + Shown.encoded(operation))
                .since(first)));
        return found;
    }
}
