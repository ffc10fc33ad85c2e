package dev.sallyport.caller;

import dev.sallyport.contract.Contract;

/**
 * What is called.
 *
 * @param operation its id, or {@code other}
 * @param isContracted whether a contract knows it
 * @param namesProject whether its path names a project
 */
public record Target(String operation, boolean isContracted, boolean namesProject) {
    /** In place of an operation's id: calls that no contract knows. */
    public static final String OTHER = "other";

    /** The calls of a contract. */
    public static Target of(Contract contract) {
        return new Target(contract.operation().id(), true, contract.operation().namesProject());
    }

    /** Calls that no contract knows. */
    public static Target other() {
        return new Target(OTHER, false, false);
    }
}
