package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * Credentials that the provider answered with a success not long ago, as digests. Bounded; what is forgotten is learned again
 * with the next success. Thread-safe.
 */
public final class GoodCredentials {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final long MOST = 10_000;

    private final Cache<Key, Boolean> good;

    /** One project's credentials, as a digest of both. */
    record Key(ByteBuffer digest) {
        @Override
        public String toString() {
            return "Key";
        }
    }

    /** None so far. */
    public GoodCredentials(Ticker ticker) {
        this.good = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    /** @param authorization the value of the header */
    static Key key(String project, String authorization) {
        MessageDigest digest = Digests.sha256();
        digest.update(project.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return new Key(ByteBuffer.wrap(digest.digest(authorization.getBytes(StandardCharsets.UTF_8))));
    }

    boolean are(Key credentials) {
        return good.getIfPresent(credentials) != null;
    }

    void add(Key credentials) {
        good.put(credentials, Boolean.TRUE);
    }

    void remove(Key credentials) {
        good.invalidate(credentials);
    }
}
