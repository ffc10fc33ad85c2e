package dev.sallyport.config.provider;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * The pool of connections to the provider.
 *
 * @param maxConnections in all; default 500
 * @param pending calls that may wait for a connection; default 1000
 * @param acquireTimeout how long one may wait; default 1 s
 * @param maxIdleTime a connection idle for longer is dropped; below the provider's own limit; default 20 s
 * @param maxLifeTime a connection older than this is dropped, so that changes in DNS are noticed; default 5 min
 * @param connectTimeout default 2 s
 * @param evictInterval how often idle ones are looked for; default 15 s
 * @param reuse whether a connection carries one call after another; {@code false} is a connection for each call; default true
 */
public record PoolSettings(
        Integer maxConnections,
        Integer pending,
        Duration acquireTimeout,
        Duration maxIdleTime,
        Duration maxLifeTime,
        Duration connectTimeout,
        Duration evictInterval,
        Boolean reuse) {
    private static final String KEY = "sallyport.provider.pool.";

    public PoolSettings {
        maxConnections = Require.orElse(maxConnections, 500);
        pending = Require.orElse(pending, 1000);
        acquireTimeout = Require.orElse(acquireTimeout, Duration.ofSeconds(1));
        maxIdleTime = Require.orElse(maxIdleTime, Duration.ofSeconds(20));
        maxLifeTime = Require.orElse(maxLifeTime, Duration.ofMinutes(5));
        connectTimeout = Require.orElse(connectTimeout, Duration.ofSeconds(2));
        evictInterval = Require.orElse(evictInterval, Duration.ofSeconds(15));
        reuse = Require.orElse(reuse, true);
        Require.between(KEY + "max-connections", maxConnections, 1, 100_000);
        Require.between(KEY + "pending", pending, 1, 1_000_000);
        Require.between(KEY + "acquire-timeout", acquireTimeout, Duration.ofMillis(1), Duration.ofSeconds(60));
        Require.between(KEY + "max-idle-time", maxIdleTime, Duration.ofSeconds(1), Duration.ofHours(1));
        Require.between(KEY + "max-life-time", maxLifeTime, Duration.ofSeconds(1), Duration.ofHours(24));
        Require.between(KEY + "connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofSeconds(60));
        Require.between(KEY + "evict-interval", evictInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /** All defaults. */
    public static PoolSettings defaults() {
        return new PoolSettings(
                500,
                1000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15),
                true);
    }
}
