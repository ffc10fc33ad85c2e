package dev.sallyport.config;

import java.time.Duration;

/**
 * What a caller may send, and how slowly.
 *
 * @param bodyLimit the largest body; default 64 KB
 * @param bodyTimeout how long a body may take to arrive; default 10 s
 * @param headerLimit all header fields together; default 16 KB
 * @param idleTimeout a connection without a request, or with an unfinished head, is closed after this; default 20 s
 * @param maxConnections open at once; default 10,000
 * @param maxDepth how deep the objects and arrays of a body may nest; default 32
 */
public record RequestSettings(
        ByteSize bodyLimit,
        Duration bodyTimeout,
        ByteSize headerLimit,
        Duration idleTimeout,
        Integer maxConnections,
        Integer maxDepth) {
    private static final String KEY = "sallyport.request.";

    public RequestSettings {
        bodyLimit = Require.orElse(bodyLimit, ByteSize.kilobytes(64));
        bodyTimeout = Require.orElse(bodyTimeout, Duration.ofSeconds(10));
        headerLimit = Require.orElse(headerLimit, ByteSize.kilobytes(16));
        idleTimeout = Require.orElse(idleTimeout, Duration.ofSeconds(20));
        maxConnections = Require.orElse(maxConnections, 10_000);
        maxDepth = Require.orElse(maxDepth, 32);
        ByteSize.between(KEY + "body-limit", bodyLimit, ByteSize.kilobytes(1), ByteSize.kilobytes(16 * 1024));
        ByteSize.between(KEY + "header-limit", headerLimit, ByteSize.kilobytes(1), ByteSize.kilobytes(1024));
        Require.between(KEY + "body-timeout", bodyTimeout, Duration.ofMillis(100), Duration.ofMinutes(2));
        Require.between(KEY + "idle-timeout", idleTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
        Require.between(KEY + "max-connections", maxConnections, 1, 1_000_000);
        Require.between(KEY + "max-depth", maxDepth, 4, 500);
    }

    /** All defaults. */
    public static RequestSettings defaults() {
        return new RequestSettings(
                ByteSize.kilobytes(64),
                Duration.ofSeconds(10),
                ByteSize.kilobytes(16),
                Duration.ofSeconds(20),
                10_000,
                32);
    }
}
