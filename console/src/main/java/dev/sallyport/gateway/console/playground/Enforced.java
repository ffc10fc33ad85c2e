package dev.sallyport.gateway.console.playground;

import dev.sallyport.call.ReadCall;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.gateway.console.playground.TrialResult.Door;
import dev.sallyport.gateway.console.playground.TrialResult.Found;
import dev.sallyport.gateway.console.playground.TrialResult.Outcome;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the very code that stands at a door, in each mode, and listens to what it would count. */
final class Enforced {
    private final ContractSettings settings;

    Enforced(ContractSettings settings) {
        this.settings = settings;
    }

    /** Makes what stands at a door. */
    interface DoorMaker {
        ContractEnforcement with(Contract contract, ContractSettings settings, ContractEvents events);
    }

    /** Hears what is refused and what is only counted; nothing of it gets into the gateway's own counts. */
    private static final class Heard implements ContractEvents {
        private final List<Violation> refused = new ArrayList<>();
        private final List<Violation> counted = new ArrayList<>();

        @Override
        public void broken(Operation operation, Direction direction, List<Violation> violations, boolean isRefused) {
            (isRefused ? refused : counted).addAll(violations);
        }
    }

    Door door(String name, DoorMaker maker, Contract contract, Tried tried) {
        Map<String, ContractSettings> modes = new LinkedHashMap<>();
        modes.put("settings as they are", settings);
        for (Mode mode : List.of(Mode.OFF, Mode.REPORT, Mode.ENFORCE)) {
            var both = ModeSettings.of(mode);
            modes.put(both.toString(), ContractSettings.of(both, both));
        }
        Map<String, Found> found = new LinkedHashMap<>();
        List<Outcome> outcomes = new ArrayList<>();
        modes.forEach((mode, as) -> {
            var heard = new Heard();
            var unused = maker.with(contract, as, heard).refusing(tried.call(), tried.facts(), tried.ofSchema());
            heard.refused.forEach(violation -> found.putIfAbsent(key(violation), found(violation)));
            heard.counted.forEach(violation -> found.putIfAbsent(key(violation), found(violation)));
            outcomes.add(new Outcome(mode, words(heard)));
        });
        return new Door(name, List.copyOf(found.values()), outcomes);
    }

    /** What was pasted, read. */
    record Tried(ReadCall call, Facts facts, List<Violation> ofSchema) {}

    private static String key(Violation violation) {
        return violation.at() + " " + violation.contractPointer();
    }

    private static Found found(Violation violation) {
        return new Found(
                violation.at().isEmpty() ? "the whole" : violation.at(),
                violation.keyword(),
                violation.message(),
                violation.contractPointer());
    }

    private static String words(Heard heard) {
        if (!heard.refused.isEmpty()) {
            return "refused, for " + heard.refused.size() + (heard.refused.size() == 1 ? " violation" : " violations");
        }
        return heard.counted.isEmpty() ? "passes" : "passes, " + heard.counted.size() + " counted";
    }
}
