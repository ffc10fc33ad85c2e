package dev.sallyport.gateway.log;

/**
 * What a call is of.
 *
 * @param operation its operation's id
 * @param route the name of its route, if it is a call that no contract knows; else empty
 */
public record CallKind(String operation, String route) {
    /** A call of an operation of the contract pack. */
    public static CallKind of(String operation) {
        return new CallKind(operation, "");
    }

    /** Whether no contract knows it. */
    public boolean isOther() {
        return !route.isEmpty();
    }
}
