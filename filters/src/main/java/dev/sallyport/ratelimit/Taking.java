package dev.sallyport.ratelimit;

import java.util.List;

/**
 * What came of asking for a permit of each of some buckets.
 *
 * @param standings of the buckets, in their order; none if they are not known
 */
public record Taking(Outcome outcome, List<Standing> standings) {
    /** All that can come of it. */
    public enum Outcome {
        /** There was a permit of each, and it is taken. */
        TAKEN,
        /** There was none of at least one, and nothing is taken. */
        REFUSED,
        /** It is not known, and the call goes on nevertheless. */
        UNCOUNTED,
        /** It is not known, and the call is refused. */
        UNKNOWN
    }

    /** A permit of each. */
    public static Taking taken(List<Standing> standings) {
        return new Taking(Outcome.TAKEN, standings);
    }

    /** None. */
    public static Taking refused(List<Standing> standings) {
        return new Taking(Outcome.REFUSED, standings);
    }

    /** What the buckets say is not known. */
    public static Taking of(Outcome outcome) {
        return new Taking(outcome, List.of());
    }
}
