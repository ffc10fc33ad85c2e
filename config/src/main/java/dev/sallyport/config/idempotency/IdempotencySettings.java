package dev.sallyport.config.idempotency;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import dev.sallyport.config.value.Secret;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/**
 * Calls with an {@code Idempotency-Key}, which are made once.
 *
 * @param mode default off
 * @param keep how long what became of a call is remembered; default 24 h
 * @param lease how long a call in flight holds its key without saying that it still is; default 15 s
 * @param store where it is remembered; default local
 * @param keys base64 of 32 bytes each, the newest first, one or two; none: a random one, for as long as the gateway runs
 * @param onStoreFailure what becomes of calls that the store cannot be asked about; default refuse
 * @param maxEntries keys that the local store remembers; default 100,000
 * @param maxAnswers bytes of the answers that the local store keeps; default 64 MB
 */
public record IdempotencySettings(
        IdempotencyMode mode,
        Duration keep,
        Duration lease,
        IdempotencyStore store,
        List<Secret> keys,
        OnStoreFailure onStoreFailure,
        Long maxEntries,
        ByteSize maxAnswers) {
    private static final String KEY = "sallyport.idempotency.";
    private static final int KEY_BYTES = 32;
    private static final int MOST_KEYS = 2;

    public IdempotencySettings {
        mode = Require.orElse(mode, IdempotencyMode.OFF);
        keep = Require.orElse(keep, Duration.ofHours(24));
        lease = Require.orElse(lease, Duration.ofSeconds(15));
        store = Require.orElse(store, IdempotencyStore.LOCAL);
        keys = Require.copy(keys);
        onStoreFailure = Require.orElse(onStoreFailure, OnStoreFailure.REFUSE);
        maxEntries = Require.orElse(maxEntries, 100_000L);
        maxAnswers = Require.orElse(maxAnswers, ByteSize.kilobytes(64 * 1024));
        Require.between(KEY + "keep", keep, Duration.ofMinutes(1), Duration.ofDays(30));
        Require.between(KEY + "lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(1));
        Require.between(KEY + "max-entries", maxEntries, 1, 10_000_000);
        ByteSize.between(KEY + "max-answers", maxAnswers, ByteSize.kilobytes(64), ByteSize.kilobytes(16 * 1024 * 1024));
        requireKeys(keys);
    }

    /** A call that is forgotten while it is made could be made once more. */
    public void requireKeptBeyond(Duration longestDeadline) {
        if (keep.compareTo(longestDeadline) <= 0) {
            throw new InvalidSetting(
                    KEY + "keep",
                    "more than the longest deadline, which is " + Require.shown(longestDeadline),
                    Require.shown(keep));
        }
    }

    private static void requireKeys(List<Secret> keys) {
        if (keys.size() > MOST_KEYS || new HashSet<>(keys).size() < keys.size()) {
            throw new InvalidSetting(
                    KEY + "keys",
                    "one key or two different ones, the newest first",
                    keys.size() > MOST_KEYS ? keys.size() + " keys" : "the same twice");
        }
        keys.forEach(IdempotencySettings::bytes);
    }

    private static byte[] bytes(Secret key) {
        String expected = "the base64 of 32 bytes, as openssl rand -base64 32 prints";
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(key.reveal());
        } catch (IllegalArgumentException noBase64) {
            throw new InvalidSetting(KEY + "keys", expected, "something else");
        }
        if (decoded.length != KEY_BYTES) {
            throw new InvalidSetting(KEY + "keys", expected, "of " + decoded.length + " bytes");
        }
        return decoded;
    }

    /** The keys as bytes, the newest first. */
    public List<byte[]> keyBytes() {
        return keys.stream().map(IdempotencySettings::bytes).toList();
    }

    /** The same with other keys. */
    public IdempotencySettings withKeys(List<Secret> others) {
        return new IdempotencySettings(mode, keep, lease, store, others, onStoreFailure, maxEntries, maxAnswers);
    }

    public boolean isOn() {
        return mode == IdempotencyMode.ON;
    }

    /** All defaults: off. */
    public static IdempotencySettings defaults() {
        return new IdempotencySettings(
                IdempotencyMode.OFF,
                Duration.ofHours(24),
                Duration.ofSeconds(15),
                IdempotencyStore.LOCAL,
                List.of(),
                OnStoreFailure.REFUSE,
                100_000L,
                ByteSize.kilobytes(64 * 1024));
    }
}
