package dev.sallyport.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * How long the next refusal of an address waits: not at all for a few, then twice as long each time. Only refusals wait, so that an
 * address that fails, be it with the names of others, slows down no call that is in order. Bounded; what is forgotten began anew.
 * Thread-safe.
 */
public final class FailedCalls {
    private static final int FREE = 5;
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final int MOST_DOUBLINGS = 4;
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final long MOST = 10_000;
    private static final int GROUPS = 8;

    private final Cache<String, Integer> failures;

    /** None so far. */
    public FailedCalls(Ticker ticker) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(FORGOTTEN)
                .ticker(ticker)
                .build();
    }

    /** One more failed; says how long its refusal waits. */
    public Duration failed(String address) {
        int count = failures.asMap().merge(source(address), 1, Integer::sum);
        return wait(count);
    }

    static Duration wait(int failures) {
        if (failures <= FREE) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - FREE - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** Of an IPv6 address the network (64 bits), all of whose addresses one caller may have. */
    static String source(String address) {
        String[] groups = address.split(":", -1);
        return groups.length == GROUPS ? String.join(":", groups[0], groups[1], groups[2], groups[3]) : address;
    }
}
