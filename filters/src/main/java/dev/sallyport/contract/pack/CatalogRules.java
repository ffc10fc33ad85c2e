package dev.sallyport.contract.pack;

import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.pack.Catalog.LookupEntry;
import dev.sallyport.contract.pack.Catalog.OperationEntry;
import dev.sallyport.contract.rule.ContainsMembers;
import dev.sallyport.contract.rule.DurationMatches;
import dev.sallyport.contract.rule.EveryElement;
import dev.sallyport.contract.rule.Fields;
import dev.sallyport.contract.rule.NotAfter;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.rule.RuleSpec;
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
    private static final int LONGEST_MESSAGE = 200;

    private final PackFiles files;
    private final Map<String, RuleSpec> specs;
    private final Map<String, String> messages;
    private final List<String> reported;
    private final @Nullable LookupEntry lookup;

    CatalogRules(PackFiles files, Catalog catalog) {
        this.files = files;
        this.specs = Objects.requireNonNullElse(catalog.rules(), Map.of());
        this.reported = Objects.requireNonNullElse(catalog.reported(), List.of());
        this.messages = Objects.requireNonNullElse(catalog.messages(), Map.of());
        this.lookup = catalog.fingerprintLookup();
    }

    /** Throws a {@link PackProblem} if rules are wrong, named by an operation or not, or what is said of a rule is said of none. */
    void check() {
        var found = new PackProblems();
        reported.stream()
                .filter(name -> !specs.containsKey(name))
                .forEach(name -> found.add(problem("reported", "names no rule of this catalog: " + name)));
        messages.forEach((name, message) -> found.during(() -> checkMessage(name, message)));
        specs.forEach((name, spec) -> found.during(() -> {
            var unused = compiled(spec, name, new Fields());
        }));
        found.stopIfAny();
    }

    /** A message is shown to callers and stands in a sentence of ours. */
    private void checkMessage(String name, @Nullable String message) {
        if (!specs.containsKey(name)) {
            throw problem("messages", "names no rule of this catalog: " + name);
        }
        if (message == null || message.isBlank() || message.length() > LONGEST_MESSAGE) {
            throw problem("messages." + name, "must be a text of 1 to " + LONGEST_MESSAGE + " characters");
        }
        if (message.codePoints().anyMatch(Character::isISOControl)) {
            throw problem("messages." + name, "must be one line without control characters");
        }
    }

    Set<String> names() {
        return specs.keySet();
    }

    /** Those that settings can speak of. */
    Set<String> settable() {
        Set<String> settable = new HashSet<>(names());
        if (lookup != null) {
            if (lookup.rules() != null) {
                Stream.of(
                                lookup.rules().request(),
                                lookup.rules().reply(),
                                lookup.rules().identity())
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
        Fields fields = fieldsOf(rule);
        return rule instanceof ContainsMembers
                || rule instanceof EveryElement
                || rule instanceof DurationMatches
                || rule instanceof NotAfter
                || fields.requestToken().size() > 0
                || needsToken(rule, fields);
    }

    /** Without a token these still compare the rest. */
    private static boolean needsToken(RuleSpec rule, Fields fields) {
        boolean comparesTheRest = rule instanceof RuleSpec.Equal || rule instanceof ContainsMembers;
        return fields.token().size() > 0 && !comparesTheRest;
    }

    private static Fields fieldsOf(RuleSpec rule) {
        var fields = new Fields();
        rule.compile(fields, "", "");
        return fields;
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
            Fields own = fieldsOf(spec);
            var rule =
                    spec.compile(fields, name, Catalog.FILE + "#/rules/" + name).needingToken(needsToken(spec, own));
            @Nullable String message = messages.get(name);
            var worded = message == null ? rule : rule.saying(message);
            return reported.contains(name) ? worded.with(Mode.REPORT) : worded;
        } catch (IllegalArgumentException wrong) {
            throw problem("rules." + name, String.valueOf(wrong.getMessage()));
        }
    }

    private PackProblem problem(String place, String message) {
        return new PackProblem(files.shown(Catalog.FILE), place, message);
    }
}
