package dev.sallyport.contract;

import dev.sallyport.config.Mode;
import dev.sallyport.contract.Catalog.LookupEntry;
import dev.sallyport.contract.Catalog.OperationEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of a catalog: which there are, and those that an operation names, compiled. */
final class CatalogRules {
    private final PackFiles files;
    private final Map<String, RuleSpec> specs;
    private final List<String> reported;
    private final @Nullable LookupEntry lookup;

    CatalogRules(PackFiles files, Catalog catalog) {
        this.files = files;
        this.specs = Objects.requireNonNullElse(catalog.rules(), Map.of());
        this.reported = Objects.requireNonNullElse(catalog.reported(), List.of());
        this.lookup = catalog.fingerprintLookup();
    }

    /** Throws a {@link PackProblem} if rules are wrong, named by an operation or not, or are to be reported only and are none. */
    void check() {
        var found = new PackProblems();
        reported.stream()
                .filter(name -> !specs.containsKey(name))
                .forEach(name -> found.add(problem("reported", "names no rule of this catalog: " + name)));
        specs.forEach((name, spec) -> found.during(() -> {
            var unused = compiled(spec, name, new Fields());
        }));
        found.stopIfAny();
    }

    Set<String> names() {
        return specs.keySet();
    }

    /** Those that settings can speak of. */
    Set<String> settable() {
        Set<String> settable = new HashSet<>(names());
        if (lookup != null) {
            if (lookup.rules() != null) {
                Stream.of(lookup.rules().request(), lookup.rules().reply())
                        .filter(Objects::nonNull)
                        .forEach(settable::removeAll);
            }
            settable.add(lookup.binding());
        }
        return Set.copyOf(settable);
    }

    /** Those of an operation that cannot be asked where values are masked. */
    Set<String> ofValues(OperationEntry entry) {
        return entry.ruleNames()
                .filter(name -> isOfValues(Objects.requireNonNull(specs.get(name))))
                .collect(Collectors.toSet());
    }

    private static boolean isOfValues(RuleSpec rule) {
        if (rule instanceof RuleSpec.Equal) {
            return false; // without a token it still compares the rest
        }
        var fields = new Fields();
        rule.compile(fields, "", "");
        return rule instanceof Carries || fields.token().size() > 0;
    }

    /**
     * The rules of an operation.
     *
     * @param where the key of the operation that names them
     * @param fields to which what they read is added
     */
    List<Rule> compiled(String operation, String where, @Nullable List<String> names, Fields fields) {
        var found = new PackProblems();
        List<Rule> rules = new ArrayList<>();
        for (String name : Objects.requireNonNullElse(names, List.<String>of())) {
            RuleSpec spec = specs.get(name);
            if (spec == null) {
                found.add(problem("operations." + operation, where + " names no rule of this catalog: " + name));
            } else {
                found.made(() -> compiled(spec, name, fields)).ifPresent(rules::add);
            }
        }
        found.stopIfAny();
        return List.copyOf(rules);
    }

    private Rule compiled(@Nullable RuleSpec spec, String name, Fields fields) {
        if (spec == null) {
            throw problem("rules." + name, "is empty");
        }
        try {
            var rule = spec.compile(fields, name, Catalog.FILE + "#/rules/" + name);
            return reported.contains(name) ? rule.with(Mode.REPORT) : rule;
        } catch (IllegalArgumentException wrong) {
            throw problem("rules." + name, String.valueOf(wrong.getMessage()));
        }
    }

    private PackProblem problem(String place, String message) {
        return new PackProblem(files.shown(Catalog.FILE), place, message);
    }
}
