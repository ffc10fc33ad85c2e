package dev.sallyport.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox shall run.
 *
 * @param port zero for any that is free
 * @param faults whether {@code X-Sandbox-Fault} is obeyed
 * @param presigned how many signed sessions to use in turn for each kind of request; zero signs every time
 * @param latency what every provider operation waits before it answers; keys are served at once
 * @param workers how many provider operations are under way at once, others waiting in line; zero for any number
 * @param userInfoUrl where foreign session tokens are resolved; absent for the sandbox's own issuer
 * @param sessions how many sessions are remembered beside the well-known ones
 */
public record SandboxOptions(
        String host,
        int port,
        boolean faults,
        int presigned,
        Clock clock,
        Duration latency,
        int workers,
        @Nullable URI userInfoUrl,
        int sessions) {
    public SandboxOptions {
        check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        check(presigned >= 0, "presigned", presigned, "zero or more");
        check(!latency.isNegative(), "latency", latency, "zero or more");
        check(workers >= 0, "workers", workers, "zero or more");
        check(sessions > 0, "sessions", sessions, "one or more");
    }

    /** Returns options for a test: loopback, any port, honest, every session signed anew. */
    public static SandboxOptions defaults() {
        return new SandboxOptions("127.0.0.1", 0, false, 0, Clock.systemUTC(), Duration.ZERO, 0, null, 10_000);
    }

    public SandboxOptions withHost(String other) {
        return new SandboxOptions(other, port, faults, presigned, clock, latency, workers, userInfoUrl, sessions);
    }

    public SandboxOptions withPort(int other) {
        return new SandboxOptions(host, other, faults, presigned, clock, latency, workers, userInfoUrl, sessions);
    }

    public SandboxOptions withFaults(boolean on) {
        return new SandboxOptions(host, port, on, presigned, clock, latency, workers, userInfoUrl, sessions);
    }

    public SandboxOptions withPresigned(int count) {
        return new SandboxOptions(host, port, faults, count, clock, latency, workers, userInfoUrl, sessions);
    }

    public SandboxOptions withClock(Clock other) {
        return new SandboxOptions(host, port, faults, presigned, other, latency, workers, userInfoUrl, sessions);
    }

    public SandboxOptions withLatency(Duration other) {
        return new SandboxOptions(host, port, faults, presigned, clock, other, workers, userInfoUrl, sessions);
    }

    public SandboxOptions withWorkers(int count) {
        return new SandboxOptions(host, port, faults, presigned, clock, latency, count, userInfoUrl, sessions);
    }

    public SandboxOptions withUserInfoUrl(URI other) {
        return new SandboxOptions(host, port, faults, presigned, clock, latency, workers, other, sessions);
    }

    public SandboxOptions withSessions(int limit) {
        return new SandboxOptions(host, port, faults, presigned, clock, latency, workers, userInfoUrl, limit);
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
