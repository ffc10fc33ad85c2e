package dev.sallyport.gateway.assembly;

import dev.sallyport.caller.Target;
import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.config.telemetry.TelemetrySettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what settings say of operations and rules against the contract pack, which alone knows them. */
final class NamedOperations {
    private static final String KEY = "sallyport.telemetry.";
    private static final String CONTRACTS = "sallyport.contracts.";

    private NamedOperations() {}

    /** Throws a {@link SettingsException} that lists what is wrong, if anything is. */
    static void check(Settings settings, ContractCatalog catalog) {
        List<SettingsProblem> problems = new ArrayList<>();
        contracts(settings.contracts(), catalog, problems);
        known("sallyport.deadlines.", settings.deadlines().keySet(), catalog, problems);
        known("sallyport.concurrency.priorities.", settings.concurrency().operationIds(), catalog, problems);
        callers(settings.callers().list(), catalog, problems);
        TelemetrySettings telemetry = settings.telemetry();
        if (telemetry.looksUp() && catalog.fingerprintLookup().isEmpty()) {
            problems.add(problem("mode", "looks devices up, and the contract pack does not say how"));
        }
        telemetry
                .operations()
                .forEach((id, mode) -> problem(catalog, id, mode)
                        .map(words -> problem("operations." + id, words))
                        .ifPresent(problems::add));
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private static void contracts(ContractSettings settings, ContractCatalog catalog, List<SettingsProblem> problems) {
        known(CONTRACTS + "operations.", settings.operationIds(), catalog, problems);
        settings.ruleNames().forEach((key, rule) -> {
            if (!catalog.ruleNames().contains(rule)) {
                String known = catalog.ruleNames().stream().sorted().collect(Collectors.joining(", "));
                problems.add(new SettingsProblem(key, "", "is no rule of the contract pack; known are " + known));
            }
        });
    }

    private static void callers(List<CallerSettings> callers, ContractCatalog catalog, List<SettingsProblem> problems) {
        for (int index = 0; index < callers.size(); index++) {
            for (String id : callers.get(index).operations()) {
                boolean isKnown = id.equals(CallerSettings.ALL)
                        || id.equals(Target.OTHER)
                        || catalog.contract(id).isPresent();
                if (!isKnown) {
                    String key = CallersSettings.LIST + "[" + index + "].operations";
                    problems.add(new SettingsProblem(key, "", id + " " + noOperation(catalog)));
                }
            }
        }
    }

    private static void known(String key, Set<String> ids, ContractCatalog catalog, List<SettingsProblem> problems) {
        for (String id : ids) {
            if (catalog.contract(id).isEmpty()) {
                problems.add(new SettingsProblem(key + id, "", noOperation(catalog)));
            }
        }
    }

    private static String noOperation(ContractCatalog catalog) {
        return "is no operation of the contract pack; known are "
                + catalog.contracts().stream()
                        .map(known -> known.operation().id())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static Optional<String> problem(ContractCatalog catalog, String id, TelemetryMode mode) {
        Optional<Contract> contract = catalog.contract(id);
        if (contract.isEmpty()) {
            return Optional.of(noOperation(catalog));
        }
        if (mode == TelemetryMode.FORWARD && contract.get().telemetry().isEmpty()) {
            return Optional.of("cannot be forward: the operation takes no telemetry id");
        }
        return mode.looksUp() && contract.get().operation().namesProject()
                ? Optional.of("cannot look devices up: calls of the operation carry no credentials")
                : Optional.empty();
    }

    private static SettingsProblem problem(String key, String words) {
        return new SettingsProblem(KEY + key, "", words);
    }
}
