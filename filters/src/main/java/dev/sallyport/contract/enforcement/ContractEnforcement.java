package dev.sallyport.contract.enforcement;

import dev.sallyport.call.ReadCall;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.rule.Rule;
import dev.sallyport.contract.watch.SafetyCatch;
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
public final class ContractEnforcement {
    private static final String OFF = "off";

    private final Operation operation;
    private final Direction direction;
    private final ModeSettings schema;
    private final List<ActiveRule> rules;
    private final ContractEvents events;
    private final @Nullable SafetyCatch safetyCatch;

    /**
     * A rule and its mode, which is not off.
     *
     * @param binding whether it ties the reply to the call or to itself, and so does not follow the door's mode
     */
    record ActiveRule(Rule rule, ModeSettings mode, boolean binding) {
        @Override
        public String toString() {
            return rule.name() + "=" + mode;
        }
    }

    /** What a broken schema leads to, and the rules that are not off. */
    private record Modes(ModeSettings schema, List<ActiveRule> rules) {}

    private ContractEnforcement(
            Operation operation,
            Direction direction,
            Modes modes,
            ContractEvents events,
            @Nullable SafetyCatch safetyCatch) {
        this.operation = operation;
        this.direction = direction;
        this.schema = modes.schema();
        this.rules = modes.rules();
        this.events = events;
        this.safetyCatch = safetyCatch;
    }

    /** The first door. */
    public static ContractEnforcement request(Contract contract, ContractSettings settings, ContractEvents events) {
        Operation operation = contract.operation();
        ModeSettings mode = settings.request(operation.id());
        List<ActiveRule> rules = activeRules(contract.requestRules(), operation, mode, settings, false);
        return new ContractEnforcement(operation, Direction.REQUEST, new Modes(mode, rules), events, null);
    }

    /** The second door; what binds the session token stands behind it, where the token is verified. */
    public static ContractEnforcement reply(
            Contract contract, ContractSettings settings, ContractEvents events, @Nullable SafetyCatch safetyCatch) {
        return reply(contract, settings, List.of(), events, safetyCatch);
    }

    /** The second door where no token is verified: those bindings that need none hold here. */
    public static ContractEnforcement replyWithBindings(
            Contract contract, ContractSettings settings, ContractEvents events, @Nullable SafetyCatch safetyCatch) {
        List<Rule> bindings =
                bindings(contract).stream().filter(rule -> !rule.needsToken()).toList();
        return reply(contract, settings, bindings, events, safetyCatch);
    }

    private static ContractEnforcement reply(
            Contract contract,
            ContractSettings settings,
            List<Rule> bindings,
            ContractEvents events,
            @Nullable SafetyCatch safetyCatch) {
        Operation operation = contract.operation();
        ModeSettings mode = settings.reply(operation.id());
        List<ActiveRule> rules = new ArrayList<>(activeRules(contract.replyRules(), operation, mode, settings, false));
        rules.addAll(activeRules(contract.identityRules(), operation, binding(mode), settings, true));
        rules.addAll(activeRules(bindings, operation, binding(mode), settings, true));
        return new ContractEnforcement(
                operation, Direction.REPLY, new Modes(mode, List.copyOf(rules)), events, safetyCatch);
    }

    /** What ties replies to calls is enforced in every mode of the door but off. */
    private static ModeSettings binding(ModeSettings enforcement) {
        return enforcement.isOff() ? enforcement : ModeSettings.ENFORCED;
    }

    /** What binds the session token to the rest. The reply's mode does not weaken it; only a rule's own setting does. */
    public static ContractEnforcement bindings(Contract contract, ContractSettings settings, ContractEvents events) {
        Operation operation = contract.operation();
        List<ActiveRule> rules = activeRules(bindings(contract), operation, ModeSettings.ENFORCED, settings, true);
        return new ContractEnforcement(
                operation, Direction.REPLY, new Modes(ModeSettings.ENFORCED, rules), events, null);
    }

    private static List<Rule> bindings(Contract contract) {
        return contract.sessionToken().map(TokenContract::bindings).orElse(List.of());
    }

    /**
     * The modes of all rules of an operation, by name, as settings and catalog have it.
     *
     * @param verified whether session tokens are; if not, what needs their claims is off
     */
    public static Map<String, String> ruleModes(Contract contract, ContractSettings settings, boolean verified) {
        Operation operation = contract.operation();
        Map<String, String> modes = new HashMap<>();
        tellModes(contract.requestRules(), operation, settings.request(operation.id()), settings, modes);
        tellModes(contract.replyRules(), operation, settings.reply(operation.id()), settings, modes);
        ModeSettings binding = binding(settings.reply(operation.id()));
        tellModes(contract.identityRules(), operation, binding, settings, modes);
        tellModes(bindings(contract), operation, verified ? ModeSettings.ENFORCED : binding, settings, modes);
        bindings(contract).stream()
                .filter(rule -> rule.needsToken() && !verified)
                .forEach(rule -> modes.put(rule.name(), OFF));
        return modes;
    }

    private static void tellModes(
            List<Rule> rules,
            Operation operation,
            ModeSettings enforcement,
            ContractSettings settings,
            Map<String, String> modes) {
        for (Rule rule : rules) {
            modes.put(rule.name(), mode(rule, operation, enforcement, settings).toString());
        }
    }

    private static ModeSettings mode(
            Rule rule, Operation operation, ModeSettings enforcement, ContractSettings settings) {
        return settings.rule(operation.id(), rule.name())
                .orElseGet(() -> enforcement.atMost(ModeSettings.of(rule.defaultMode())));
    }

    private static List<ActiveRule> activeRules(
            List<Rule> rules,
            Operation operation,
            ModeSettings enforcement,
            ContractSettings settings,
            boolean binding) {
        List<ActiveRule> activeRules = new ArrayList<>();
        for (Rule rule : rules) {
            ModeSettings mode = mode(rule, operation, enforcement, settings);
            if (!mode.isOff()) {
                activeRules.add(new ActiveRule(rule, mode, binding));
            }
        }
        return List.copyOf(activeRules);
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
    public List<Violation> refusing(ReadCall call, Facts facts, List<Violation> ofSchema) {
        events.checked(operation, direction);
        return judged(call, facts, ofSchema);
    }

    /** The same of rules alone, about documents that were checked before. */
    public List<Violation> refusing(ReadCall call, Facts facts) {
        return judged(call, facts, List.of());
    }

    private List<Violation> judged(ReadCall call, Facts facts, List<Violation> ofSchema) {
        List<Violation> broken = schema.isOff() ? List.of() : ofSchema;
        boolean schemaRefuses = schemaRefuses(call, !broken.isEmpty());
        if (broken.isEmpty() && rules.isEmpty()) {
            return broken;
        }
        List<Violation> refusing = schemaRefuses ? broken : List.of();
        List<Violation> reported = schemaRefuses ? List.of() : broken;
        for (ActiveRule rule : asked(facts)) {
            @Nullable Violation violation = rule.rule().check(facts);
            if (violation == null) {
                continue;
            }
            if (rule.mode().refuses(call::samplingBucket)) {
                refusing = with(refusing, violation);
            } else {
                reported = with(reported, violation);
            }
        }
        tell(reported, false);
        tell(refusing, true);
        return refusing;
    }

    /** A violation of the form, where there is nothing to compare; the safety catch is about schemas only. */
    public boolean refusesForm(ReadCall call, Violation violation) {
        return refusesForm(violation, !schema.isOff(), schema.refuses(call::samplingBucket));
    }

    /**
     * A violation of the form of what should have been compared with the call. What could not be read cannot be compared, so it
     * is refused as well where a binding would refuse.
     */
    public boolean refusesUncompared(ReadCall call, Violation violation) {
        boolean binds =
                rules.stream().anyMatch(rule -> rule.binding() && rule.mode().refuses(call::samplingBucket));
        return refusesForm(violation, binds || !schema.isOff(), binds || schema.refuses(call::samplingBucket));
    }

    private boolean refusesForm(Violation violation, boolean told, boolean refuses) {
        if (told) {
            tell(List.of(violation), refuses);
        }
        return told && refuses;
    }

    private boolean schemaRefuses(ReadCall call, boolean broken) {
        boolean holds = safetyCatch == null || schema.mode() != Mode.ENFORCE || safetyCatch.holds(broken);
        return broken && holds && schema.refuses(call::samplingBucket);
    }

    /** Rules are about members, so they say nothing of a request that is no object. */
    private List<ActiveRule> asked(Facts facts) {
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
                .map(ActiveRule::toString)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? schema.toString() : schema + ", " + others;
    }
}
