package dev.sallyport.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What broken contracts lead to. For an operation, its own setting wins.
 *
 * @param request at the first door; default enforce
 * @param reply at the second door; default enforce
 * @param operations what differs, by {@code <operation id>.request} and {@code <operation id>.reply}. Flat, because an
 *     operation id has dots in it, as every key of a settings file has: no reader of keys can tell where the id ends
 */
public record ContractSettings(Mode request, Mode reply, Map<String, Mode> operations) {
    private static final Pattern DOOR = Pattern.compile("(\\S+)\\.(request|reply)");

    public ContractSettings {
        request = Require.orElse(request, Mode.ENFORCE);
        reply = Require.orElse(reply, Mode.ENFORCE);
        operations = Map.copyOf(Require.orElse(operations, Map.of()));
        operations.keySet().forEach(ContractSettings::operationOf);
    }

    /** All defaults. */
    public static ContractSettings defaults() {
        return new ContractSettings(Mode.ENFORCE, Mode.ENFORCE, Map.of());
    }

    /** The mode of the first door for an operation. */
    public Mode request(String operation) {
        return Require.orElse(operations.get(operation + ".request"), request);
    }

    /** The mode of the second door for an operation. */
    public Mode reply(String operation) {
        return Require.orElse(operations.get(operation + ".reply"), reply);
    }

    /** The operations that have settings of their own; whether there are such, only the contract pack says. */
    public Set<String> operationIds() {
        return operations.keySet().stream().map(ContractSettings::operationOf).collect(Collectors.toUnmodifiableSet());
    }

    private static String operationOf(String door) {
        Matcher written = DOOR.matcher(door);
        if (!written.matches()) {
            throw new InvalidSetting(
                    "sallyport.contracts.operations", "an operation id with request or reply below it", door);
        }
        return written.group(1);
    }
}
