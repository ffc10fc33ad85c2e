package dev.sallyport.config;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * What a caller may send, and how slowly.
 *
 * @param bodyLimit the largest body; default 64 KB
 * @param bodyTimeout how long a body may take to arrive; default 10 s
 * @param headerLimit all header fields together; default 16 KB
 * @param idleTimeout a connection without a request, or with an unfinished head, is closed after this; default 20 s
 * @param writeTimeout how long a caller may take to read an answer; default 10 s
 * @param maxUnread bytes of answers that wait for callers to read them, all together; default 64 MB
 * @param maxConnections open at once; default 10,000
 * @param maxConnectionsPerAddress open at once from one address; default 1,000
 * @param maxDepth how deep the objects and arrays of a body may nest; default 32
 * @param http2 what a connection may do that speaks HTTP/2, if {@code server.http2.enabled} offers that
 */
public record RequestSettings(
        ByteSize bodyLimit,
        Duration bodyTimeout,
        ByteSize headerLimit,
        Duration idleTimeout,
        Duration writeTimeout,
        ByteSize maxUnread,
        Integer maxConnections,
        Integer maxConnectionsPerAddress,
        Integer maxDepth,
        StreamSettings http2) {
    private static final String KEY = "sallyport.request.";

    public RequestSettings {
        bodyLimit = Require.orElse(bodyLimit, ByteSize.kilobytes(64));
        bodyTimeout = Require.orElse(bodyTimeout, Duration.ofSeconds(10));
        headerLimit = Require.orElse(headerLimit, ByteSize.kilobytes(16));
        idleTimeout = Require.orElse(idleTimeout, Duration.ofSeconds(20));
        writeTimeout = Require.orElse(writeTimeout, Duration.ofSeconds(10));
        maxUnread = Require.orElse(maxUnread, ByteSize.kilobytes(64 * 1024));
        maxConnections = Require.orElse(maxConnections, 10_000);
        maxConnectionsPerAddress = Require.orElse(maxConnectionsPerAddress, 1_000);
        maxDepth = Require.orElse(maxDepth, 32);
        http2 = Require.orElse(http2, StreamSettings.defaults());
        ByteSize.between(KEY + "body-limit", bodyLimit, ByteSize.kilobytes(1), ByteSize.kilobytes(16 * 1024));
        ByteSize.between(KEY + "header-limit", headerLimit, ByteSize.kilobytes(1), ByteSize.kilobytes(1024));
        Require.between(KEY + "body-timeout", bodyTimeout, Duration.ofMillis(100), Duration.ofMinutes(2));
        Require.between(KEY + "idle-timeout", idleTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
        Require.between(KEY + "write-timeout", writeTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
        ByteSize.between(KEY + "max-unread", maxUnread, ByteSize.kilobytes(64), ByteSize.kilobytes(16 * 1024 * 1024));
        Require.between(KEY + "max-connections", maxConnections, 1, 1_000_000);
        Require.between(KEY + "max-connections-per-address", maxConnectionsPerAddress, 1, 1_000_000);
        depth(maxDepth);
    }

    /** The value of {@code max-depth}, if it can be one. */
    public static int depth(int value) {
        Require.between(KEY + "max-depth", value, 4, 500);
        return value;
    }

    /** All defaults. */
    public static RequestSettings defaults() {
        return new RequestSettings(
                ByteSize.kilobytes(64),
                Duration.ofSeconds(10),
                ByteSize.kilobytes(16),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                ByteSize.kilobytes(64 * 1024),
                10_000,
                1_000,
                32,
                StreamSettings.defaults());
    }
}
