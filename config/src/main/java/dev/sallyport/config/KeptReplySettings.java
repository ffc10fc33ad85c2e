package dev.sallyport.config;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Replies of the provider's that the gateway gives once more: session keys, and what the contract pack has kept for the time of an
 * outage.
 *
 * @param sessionKeys whether callers who fetch session keys are given those that the gateway keeps; default true
 * @param lastGood whether the last good reply stands in for one that the provider does not give, of operations that the pack marks;
 *     default true
 * @param keep how long one is kept, if the pack does not say less; default 24 h
 * @param patience how long the provider may take before a kept reply is given; default 1 s
 * @param maxSize bytes of all of them together, keys aside; default 16 MB
 */
public record KeptReplySettings(
        Boolean sessionKeys, Boolean lastGood, Duration keep, Duration patience, ByteSize maxSize) {
    private static final String KEY = "sallyport.kept-replies.";

    public KeptReplySettings {
        sessionKeys = Require.orElse(sessionKeys, true);
        lastGood = Require.orElse(lastGood, true);
        keep = Require.orElse(keep, Duration.ofHours(24));
        patience = Require.orElse(patience, Duration.ofSeconds(1));
        maxSize = Require.orElse(maxSize, ByteSize.kilobytes(16 * 1024));
        Require.between(KEY + "keep", keep, Duration.ofSeconds(1), Duration.ofDays(30));
        Require.between(KEY + "patience", patience, Duration.ofMillis(50), Duration.ofMinutes(2));
        ByteSize.between(KEY + "max-size", maxSize, ByteSize.kilobytes(64), ByteSize.kilobytes(1024 * 1024));
    }

    /** Whether any reply may be one that was kept. */
    public boolean givesAny() {
        return sessionKeys || lastGood;
    }

    /** All defaults. */
    public static KeptReplySettings defaults() {
        return new KeptReplySettings(
                true, true, Duration.ofHours(24), Duration.ofSeconds(1), ByteSize.kilobytes(16 * 1024));
    }
}
