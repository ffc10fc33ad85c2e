package dev.sallyport.config.concurrency;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How many calls may be with the provider at a time, and what becomes of those that are too many.
 *
 * @param mode default report
 * @param max the highest limit; default 500
 * @param min the lowest; default 10
 * @param queue how long a call of high priority may wait for its turn; default 50 ms
 * @param priorities what differs from the contract pack, by operation id
 * @param loopLag how far an event loop may be behind before calls are refused at once; default 250 ms
 * @param directMemory how much of the direct memory may be in use before calls are refused at once; default 90 %
 */
public record ConcurrencySettings(
        ConcurrencyMode mode,
        Integer max,
        Integer min,
        Duration queue,
        Map<String, Priority> priorities,
        Duration loopLag,
        Percent directMemory) {
    private static final String KEY = "sallyport.concurrency.";

    public ConcurrencySettings {
        mode = Require.orElse(mode, ConcurrencyMode.REPORT);
        max = Require.orElse(max, 500);
        min = Require.orElse(min, Math.min(10, max));
        queue = Require.orElse(queue, Duration.ofMillis(50));
        priorities = Map.copyOf(Require.orElse(priorities, Map.of()));
        loopLag = Require.orElse(loopLag, Duration.ofMillis(250));
        directMemory = Require.orElse(directMemory, new Percent(90));
        Require.between(KEY + "max", max, 1, 100_000);
        Require.between(KEY + "queue", queue, Duration.ofMillis(1), Duration.ofSeconds(10));
        Require.between(KEY + "loop-lag", loopLag, Duration.ofMillis(10), Duration.ofSeconds(10));
        if (min < 1 || min > max) {
            throw new InvalidSetting(KEY + "min", "between 1 and sallyport.concurrency.max, which is " + max, min);
        }
        if (directMemory.value() < 10 || directMemory.value() > 99) {
            throw new InvalidSetting(KEY + "direct-memory", "between 10% and 99%", directMemory);
        }
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // not given, as the binder says it
    public static ConcurrencySettings defaults() {
        return new ConcurrencySettings(null, null, null, null, null, null, null);
    }

    public boolean isOff() {
        return mode == ConcurrencyMode.OFF;
    }

    /** Whether the limit is measured and waited for in the same way. */
    public boolean hasLimitOf(ConcurrencySettings other) {
        return max.equals(other.max) && min.equals(other.min) && queue.equals(other.queue);
    }

    /**
     * The priority of an operation's calls.
     *
     * @param otherwise what the contract pack says
     */
    public Priority of(String operation, Priority otherwise) {
        return Require.orElse(priorities.get(operation), otherwise);
    }

    /** The operations that have a priority of their own; whether there are such, only the contract pack says. */
    public Set<String> operationIds() {
        return priorities.keySet();
    }
}
