package dev.sallyport.gateway.log;

/**
 * What a call is of.
 *
 * @param operation its operation's id; {@code none} if it was refused before that was known, or there is none
 * @param route the name of its route, if it is a call that no contract knows; else empty
 */
public record CallKind(String operation, String route) {
    /** Refused before its operation was known, or of none. */
    public static final CallKind NONE = of("none");

    /** A call of an operation of the contract pack. */
    public static CallKind of(String operation) {
        return new CallKind(operation, "");
    }

    /** Whether no contract knows it. */
    public boolean isOther() {
        return !route.isEmpty();
    }
}
