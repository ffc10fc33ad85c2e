package dev.sallyport.config;

import java.util.Map;
import java.util.Optional;

/**
 * What broken contracts lead to. For an operation, its own setting wins.
 *
 * @param request at the first door; default enforce
 * @param reply at the second door; default enforce
 * @param operations by operation id
 */
public record ContractSettings(Mode request, Mode reply, Map<String, OperationModes> operations) {
    public ContractSettings {
        request = Require.orElse(request, Mode.ENFORCE);
        reply = Require.orElse(reply, Mode.ENFORCE);
        operations = Map.copyOf(Require.orElse(operations, Map.of()));
    }

    /**
     * Modes of one operation; empty where the common one holds.
     *
     * @param request at the first door
     * @param reply at the second door
     */
    public record OperationModes(Optional<Mode> request, Optional<Mode> reply) {
        public OperationModes {
            request = Require.orElse(request, Optional.empty());
            reply = Require.orElse(reply, Optional.empty());
        }
    }

    /** All defaults. */
    public static ContractSettings defaults() {
        return new ContractSettings(Mode.ENFORCE, Mode.ENFORCE, Map.of());
    }

    /** The mode of the first door for an operation. */
    public Mode request(String operation) {
        return Optional.ofNullable(operations.get(operation))
                .flatMap(OperationModes::request)
                .orElse(request);
    }

    /** The mode of the second door for an operation. */
    public Mode reply(String operation) {
        return Optional.ofNullable(operations.get(operation))
                .flatMap(OperationModes::reply)
                .orElse(reply);
    }
}
