package dev.sallyport.gateway.edge;

import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.gateway.http.header.EndToEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a call has: what the settings give its operation, or less if the caller says so in {@code X-Request-Timeout-Ms}. A pure
 * decision.
 */
public final class CallDeadline {
    private static final int MOST_DIGITS = 9;

    private CallDeadline() {}

    /**
     * The deadline of a call; null if its caller does not say in one way, and in whole milliseconds, how long it waits.
     *
     * @param longest of the operation
     * @param start when the head came, by {@link System#nanoTime}
     */
    public static @Nullable Deadline of(Duration longest, Headers headers, long start) {
        if (headers.first(EndToEnd.TIMEOUT) == null) {
            return new Deadline(start, longest.toNanos());
        }
        List<String> said = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase(EndToEnd.TIMEOUT)) {
                said.add(value);
            }
        });
        long asked = said.size() == 1 ? millis(said.get(0)) : 0;
        return asked == 0
                ? null
                : new Deadline(start, Math.min(longest.toNanos(), TimeUnit.MILLISECONDS.toNanos(asked)));
    }

    /** Digits alone, and more than none; 0 for all else. */
    private static long millis(String said) {
        boolean isNumber = !said.isEmpty()
                && said.length() <= MOST_DIGITS
                && said.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? Long.parseLong(said) : 0;
    }
}
