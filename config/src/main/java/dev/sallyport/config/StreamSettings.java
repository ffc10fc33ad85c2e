package dev.sallyport.config;

import dev.sallyport.config.value.Require;

/**
 * What one connection may do that speaks HTTP/2. What holds for a request holds for one on a stream as well.
 *
 * @param maxConcurrentStreams requests that are in progress at once; default 100
 * @param maxResets streams that a caller may take back within 30 s, and may have taken back from it for what it sent; default 200
 * @param maxControlFrames frames within 10 s that bring nothing of a request, beside those that its requests and answers explain;
 *     default 1,000
 */
public record StreamSettings(Integer maxConcurrentStreams, Integer maxResets, Integer maxControlFrames) {
    private static final String KEY = "sallyport.request.http2.";

    public StreamSettings {
        maxConcurrentStreams = Require.orElse(maxConcurrentStreams, 100);
        maxResets = Require.orElse(maxResets, 200);
        maxControlFrames = Require.orElse(maxControlFrames, 1_000);
        Require.between(KEY + "max-concurrent-streams", maxConcurrentStreams, 1, 1_000);
        Require.between(KEY + "max-resets", maxResets, 1, 100_000);
        Require.between(KEY + "max-control-frames", maxControlFrames, 100, 1_000_000);
    }

    /** All defaults. */
    public static StreamSettings defaults() {
        return new StreamSettings(100, 200, 1_000);
    }
}
