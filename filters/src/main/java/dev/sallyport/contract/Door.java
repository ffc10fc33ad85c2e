package dev.sallyport.contract;

import dev.sallyport.call.Call;
import dev.sallyport.config.ContractSettings;
import dev.sallyport.config.Mode;
import dev.sallyport.config.ModeSettings;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One door of an operation as the settings have it: what a broken schema leads to, and what each rule leads to. Tells of
 * every violation, and hands back those for which the call is refused. Thread-safe.
 */
public final class Door {
    private final Operation operation;
    private final Direction direction;
    private final ModeSettings schema;
    private final List<InForce> rules;
    private final ContractEvents events;
    private final @Nullable SafetyCatch safetyCatch;

    /** A rule and its mode, which is not off. */
    record InForce(Rule rule, ModeSettings mode) {
        @Override
        public String toString() {
            return rule.name() + "=" + mode;
        }
    }

    private Door(
            Operation operation,
            Direction direction,
            ModeSettings schema,
            List<InForce> rules,
            ContractEvents events,
            @Nullable SafetyCatch safetyCatch) {
        this.operation = operation;
        this.direction = direction;
        this.schema = schema;
        this.rules = rules;
        this.events = events;
        this.safetyCatch = safetyCatch;
    }

    /** The first door. */
    public static Door request(Contract contract, ContractSettings settings, ContractEvents events) {
        Operation operation = contract.operation();
        ModeSettings mode = settings.request(operation.id());
        List<InForce> rules = inForce(contract.requestRules(), operation, mode, settings);
        return new Door(operation, Direction.REQUEST, mode, rules, events, null);
    }

    /** The second door. */
    public static Door reply(
            Contract contract, ContractSettings settings, ContractEvents events, @Nullable SafetyCatch safetyCatch) {
        Operation operation = contract.operation();
        ModeSettings mode = settings.reply(operation.id());
        List<InForce> rules = inForce(contract.replyRules(), operation, mode, settings);
        return new Door(operation, Direction.REPLY, mode, rules, events, safetyCatch);
    }

    /** What binds the session token to the rest. The reply's mode does not weaken it; only a rule's own setting does. */
    public static Door bindings(Contract contract, ContractSettings settings, ContractEvents events) {
        Operation operation = contract.operation();
        List<Rule> bindings =
                contract.sessionToken().map(TokenContract::bindings).orElse(List.of());
        List<InForce> rules = inForce(bindings, operation, ModeSettings.ENFORCED, settings);
        return new Door(operation, Direction.REPLY, ModeSettings.ENFORCED, rules, events, null);
    }

    /** The modes of all rules of an operation, by name, as settings and catalog have it. */
    public static Map<String, String> ruleModes(Contract contract, ContractSettings settings) {
        Operation operation = contract.operation();
        Map<String, String> modes = new HashMap<>();
        tellModes(contract.requestRules(), operation, settings.request(operation.id()), settings, modes);
        tellModes(contract.replyRules(), operation, settings.reply(operation.id()), settings, modes);
        List<Rule> bindings =
                contract.sessionToken().map(TokenContract::bindings).orElse(List.of());
        tellModes(bindings, operation, ModeSettings.ENFORCED, settings, modes);
        return modes;
    }

    private static void tellModes(
            List<Rule> rules,
            Operation operation,
            ModeSettings door,
            ContractSettings settings,
            Map<String, String> modes) {
        for (Rule rule : rules) {
            modes.put(rule.name(), mode(rule, operation, door, settings).toString());
        }
    }

    private static ModeSettings mode(Rule rule, Operation operation, ModeSettings door, ContractSettings settings) {
        return settings.rule(operation.id(), rule.name())
                .orElseGet(() -> door.atMost(ModeSettings.of(rule.defaultMode())));
    }

    private static List<InForce> inForce(
            List<Rule> rules, Operation operation, ModeSettings door, ContractSettings settings) {
        List<InForce> inForce = new ArrayList<>();
        for (Rule rule : rules) {
            ModeSettings mode = mode(rule, operation, door, settings);
            if (!mode.isOff()) {
                inForce.add(new InForce(rule, mode));
            }
        }
        return List.copyOf(inForce);
    }

    /** Whether nothing stands here at all. */
    public boolean isOpen() {
        return schema.isOff() && rules.isEmpty();
    }

    /** What a broken schema leads to, the safety catch apart. */
    public ModeSettings mode() {
        return schema;
    }

    /** The violations of a document for which the call is refused; all others are only told of. */
    public List<Violation> refusing(Call call, Facts facts, List<Violation> ofSchema) {
        events.checked(operation, direction);
        return judged(call, facts, ofSchema);
    }

    /** The same of rules alone, about documents that were checked before. */
    public List<Violation> refusing(Call call, Facts facts) {
        return judged(call, facts, List.of());
    }

    private List<Violation> judged(Call call, Facts facts, List<Violation> ofSchema) {
        List<Violation> broken = schema.isOff() ? List.of() : ofSchema;
        boolean schemaRefuses = schemaRefuses(call, !broken.isEmpty());
        if (broken.isEmpty() && rules.isEmpty()) {
            return broken;
        }
        List<Violation> refusing = schemaRefuses ? broken : List.of();
        List<Violation> reported = schemaRefuses ? List.of() : broken;
        for (InForce rule : asked(facts)) {
            @Nullable Violation violation = rule.rule().check(facts);
            if (violation == null) {
                continue;
            }
            if (rule.mode().refuses(call::lot)) {
                refusing = with(refusing, violation);
            } else {
                reported = with(reported, violation);
            }
        }
        tell(reported, false);
        tell(refusing, true);
        return refusing;
    }

    /** A violation of the form, before anything could be read; the safety catch is about schemas only. */
    public boolean refusesForm(Call call, Violation violation) {
        if (schema.isOff()) {
            return false;
        }
        boolean refuses = schema.refuses(call::lot);
        tell(List.of(violation), refuses);
        return refuses;
    }

    private boolean schemaRefuses(Call call, boolean broken) {
        boolean holds = safetyCatch == null || schema.mode() != Mode.ENFORCE || safetyCatch.holds(broken);
        return broken && holds && schema.refuses(call::lot);
    }

    /** Rules are about members, so they say nothing of a request that is no object. */
    private List<InForce> asked(Facts facts) {
        boolean object = facts.request() == null || facts.request().isObject();
        return direction == Direction.REPLY || object ? rules : List.of();
    }

    private void tell(List<Violation> violations, boolean refused) {
        if (!violations.isEmpty()) {
            events.broken(operation, direction, violations, refused);
        }
    }

    private static List<Violation> with(List<Violation> some, Violation another) {
        List<Violation> all = new ArrayList<>(some);
        all.add(another);
        return all;
    }

    /** The mode, then the rules whose mode is another. */
    @Override
    public String toString() {
        String others = rules.stream()
                .filter(rule -> !rule.mode().equals(schema))
                .map(InForce::toString)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? schema.toString() : schema + ", " + others;
    }
}
