package dev.sallyport.gateway.provider.connection;

import dev.sallyport.config.provider.PoolSettings;
import java.time.Duration;

/**
 * What bounds a pool. All numbers are for all event loops together.
 *
 * @param name as metrics call it
 * @param connections open at a time, whether used, idle or being made
 * @param pending exchanges that may wait for one
 * @param acquireTimeout how long one may wait
 * @param idleTime after which a connection is dropped
 * @param lifeTime after which a connection is dropped
 * @param evictInterval how often idle ones are looked for
 */
public record PoolLimits(
        String name,
        int connections,
        int pending,
        Duration acquireTimeout,
        Duration idleTime,
        Duration lifeTime,
        Duration evictInterval) {
    /** Those of the settings, but for the number of connections. */
    public static PoolLimits of(String name, int connections, PoolSettings pool) {
        return new PoolLimits(
                name,
                connections,
                pool.pending(),
                pool.acquireTimeout(),
                pool.maxIdleTime(),
                pool.maxLifeTime(),
                pool.evictInterval());
    }
}
