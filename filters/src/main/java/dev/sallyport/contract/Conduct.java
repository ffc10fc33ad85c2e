package dev.sallyport.contract;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an operation's calls behave when they go wrong.
 *
 * @param repeatable after what a call may be made once more
 * @param notCarriedOut the provider's error types, by HTTP status, by which it says that it did not carry a call out
 * @param doneBefore what a repeated call is told if an earlier attempt had done it; null if nothing tells
 * @param group operations that fail together: one circuit breaker stands before all of a group
 * @param kept how long the last good reply may stand in for one that the provider does not give; null if it may not
 */
public record Conduct(
        Repeatable repeatable,
        Map<Integer, Set<String>> notCarriedOut,
        @Nullable DoneBefore doneBefore,
        String group,
        @Nullable Duration kept) {
    public Conduct {
        notCarriedOut = Map.copyOf(notCarriedOut);
    }

    /** Whether an error says that the call was not carried out. */
    public boolean isNotCarriedOut(int status, Optional<String> errorType) {
        return errorType
                .filter(type -> notCarriedOut.getOrDefault(status, Set.of()).contains(type))
                .isPresent();
    }
}
