package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.CredentialKey;
import java.time.Duration;

/**
 * Credentials that the provider answered with a success not long ago, as digests. Bounded; what is forgotten is learned again
 * with the next success. Thread-safe.
 */
public final class GoodCredentials {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final long MOST = 10_000;

    private final Cache<CredentialKey, Boolean> good;

    /** None so far. */
    public GoodCredentials(Ticker ticker) {
        this.good = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    boolean are(CredentialKey credentials) {
        return good.getIfPresent(credentials) != null;
    }

    void add(CredentialKey credentials) {
        good.put(credentials, Boolean.TRUE);
    }

    void remove(CredentialKey credentials) {
        good.invalidate(credentials);
    }
}
