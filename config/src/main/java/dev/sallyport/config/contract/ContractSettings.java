package dev.sallyport.config.contract;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What broken contracts lead to. The nearest setting wins: a rule's for an operation, a rule's, an operation's for a
 * direction, a direction's.
 *
 * @param request at the first door; default enforce
 * @param reply at the second door; default enforce
 * @param rules what differs for a rule wherever it stands, by its name in the catalog
 * @param operations what differs for an operation, by {@code <operation id>.request}, {@code <operation id>.reply} and
 *     {@code <operation id>.rules.<rule>}. Flat, because an operation id has dots in it, as every key of a settings file
 *     has: no reader of keys can tell where the id ends
 * @param safetyCatch when a provider changes under us
 * @param drift what a provider sends beside its contract
 */
public record ContractSettings(
        ModeSettings request,
        ModeSettings reply,
        Map<String, String> rules,
        Map<String, String> operations,
        SafetyCatchSettings safetyCatch,
        DriftSettings drift) {
    private static final String KEY = "sallyport.contracts";
    private static final Pattern RULE = Pattern.compile("([^.\\s]+)(\\.enforce)?");
    private static final Pattern IN_OPERATION =
            Pattern.compile("(\\S+?)\\.(request|reply|rules\\.[^.\\s]+)(\\.enforce)?");
    private static final String MODES = "off, report, enforce or enforce: 25%";

    public ContractSettings {
        request = Require.orElse(request, ModeSettings.ENFORCED);
        reply = Require.orElse(reply, ModeSettings.ENFORCED);
        rules = Map.copyOf(Require.orElse(rules, Map.of()));
        operations = Map.copyOf(Require.orElse(operations, Map.of()));
        safetyCatch = Require.orElse(safetyCatch, SafetyCatchSettings.defaults());
        drift = Require.orElse(drift, DriftSettings.defaults());
        parsed(".rules", RULE, rules);
        parsed(".operations", IN_OPERATION, operations);
    }

    /** All defaults. */
    public static ContractSettings defaults() {
        return of(ModeSettings.ENFORCED, ModeSettings.ENFORCED);
    }

    /** Defaults but for the doors. */
    public static ContractSettings of(ModeSettings request, ModeSettings reply) {
        return new ContractSettings(
                request, reply, Map.of(), Map.of(), SafetyCatchSettings.defaults(), DriftSettings.defaults());
    }

    /** The mode of the first door for an operation. */
    public ModeSettings request(String operation) {
        return inOperation(operation + ".request").orElse(request);
    }

    /** The mode of the second door for an operation. */
    public ModeSettings reply(String operation) {
        return inOperation(operation + ".reply").orElse(reply);
    }

    /** What was said of a rule, for the operation or anywhere; empty if nothing was. */
    public Optional<ModeSettings> rule(String operation, String rule) {
        return inOperation(operation + ".rules." + rule)
                .or(() -> Optional.ofNullable(parsed(".rules", RULE, rules).get(rule)));
    }

    /** The operations that have settings of their own; whether there are such, only the contract pack says. */
    public Set<String> operationIds() {
        Set<String> ids = new TreeSet<>();
        operations
                .keySet()
                .forEach(
                        key -> ids.add(matched(".operations", IN_OPERATION, key).group(1)));
        return ids;
    }

    /** The rules that have settings of their own, by the full key; whether there are such, only the contract pack says. */
    public Map<String, String> ruleNames() {
        Map<String, String> names = new TreeMap<>();
        parsed(".rules", RULE, rules).keySet().forEach(rule -> names.put(KEY + ".rules." + rule, rule));
        for (String key : operations.keySet()) {
            Matcher parts = matched(".operations", IN_OPERATION, key);
            String what = parts.group(2);
            if (what.startsWith("rules.")) {
                names.put(KEY + ".operations." + parts.group(1) + "." + what, what.substring("rules.".length()));
            }
        }
        return names;
    }

    private Optional<ModeSettings> inOperation(String key) {
        return Optional.ofNullable(
                parsed(".operations", IN_OPERATION, operations).get(key));
    }

    /** By what is set; for the start and for reloads, not for calls. */
    private static Map<String, ModeSettings> parsed(String section, Pattern form, Map<String, String> written) {
        Map<String, ModeSettings> modes = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            Matcher parts = matched(section, form, key);
            @Nullable String share = parts.group(parts.groupCount());
            String what = share == null ? key : key.substring(0, key.length() - share.length());
            modes.put(what, mode(section, key, value, share != null));
        });
        return modes;
    }

    private static Matcher matched(String section, Pattern form, String key) {
        Matcher parts = form.matcher(key);
        if (!parts.matches()) {
            String expected = section.equals(".rules")
                    ? "the name of a rule"
                    : "an operation id with request, reply or rules.<rule> below it";
            throw new InvalidSetting(KEY + section + "." + key, expected, key);
        }
        return parts;
    }

    private static ModeSettings mode(String section, String key, String written, boolean share) {
        try {
            return share ? ModeSettings.enforced(written) : ModeSettings.parse(written);
        } catch (IllegalArgumentException wrong) {
            String expected = share ? "a percentage between 0% and 100%" : MODES;
            throw new InvalidSetting(KEY + section + "." + key, expected, written);
        }
    }
}
