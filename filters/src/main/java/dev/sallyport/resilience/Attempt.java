package dev.sallyport.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call, as far as it decides about another.
 *
 * @param number from 1
 * @param status of the provider's answer; 0 if there is none
 * @param notCarriedOut whether the provider says that it did not carry the call out
 * @param retryAfter when the provider wants to be asked again; null if it does not say
 */
record Attempt(
        int number,
        AttemptResult result,
        int status,
        boolean notCarriedOut,
        @Nullable Duration retryAfter) {
    /** Whether the provider may have done what it was asked, and it is not known that it did. */
    boolean isInDoubt() {
        boolean failed = result == AttemptResult.SERVER_ERROR
                || result == AttemptResult.NO_ANSWER
                || result == AttemptResult.BROKE_OFF;
        return failed && !notCarriedOut;
    }
}
