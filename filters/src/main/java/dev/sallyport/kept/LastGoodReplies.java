package dev.sallyport.kept;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.Call;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.kept.KeptReply.Audience;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last good reply to each call that may have it again, by what the call asked and with which credentials, in this process
 * alone. Bounded by the bytes of all of them; what is forgotten is learned again with the next good reply. Thread-safe.
 */
public final class LastGoodReplies {
    /** Of a key and what leads to it. */
    private static final int OVERHEAD = 500;

    private final byte[] secret;
    private final Ticker ticker;
    private final Cache<KeptKey, Entry> entries;
    private final Flights flights = new Flights();

    private record Entry(Answer answer, long at, Duration keep) {
        int weight() {
            return OVERHEAD + answer.body().length;
        }
    }

    /**
     * None so far.
     *
     * @param secret a random one, that nothing else has
     * @param bytes of all of them together, at most
     */
    public LastGoodReplies(byte[] secret, long bytes, Ticker ticker) {
        this.secret = secret.clone();
        this.ticker = ticker;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((KeptKey key, Entry entry) -> entry.weight())
                .expireAfter(Expiry.writing((KeptKey key, Entry entry) -> entry.keep()))
                .ticker(ticker)
                .build();
    }

    /** See {@link KeptKey#of}. */
    @Nullable
    KeptKey key(Call call, Set<String> credentials) {
        return KeptKey.of(secret, call, credentials);
    }

    /** The calls on their way. */
    Flights flights() {
        return flights;
    }

    void keep(KeptKey key, Answer answer, Duration time) {
        entries.put(key, new Entry(answer, ticker.read(), time));
    }

    /** Whether there was one. */
    boolean forget(KeptKey key) {
        return entries.asMap().remove(key) != null;
    }

    /** Whether there were any for the credentials of this key. */
    boolean forgetCaller(KeptKey key) {
        return entries.asMap().keySet().removeIf(key::isOfSameCaller);
    }

    boolean has(KeptKey key) {
        return entries.getIfPresent(key) != null;
    }

    /** Never fresh: the provider may have another policy, or other callers, by now. */
    @Nullable
    KeptReply of(KeptKey key) {
        @Nullable Entry entry = entries.getIfPresent(key);
        return entry == null
                ? null
                : new KeptReply(
                        entry.answer(),
                        Duration.ofNanos(ticker.read() - entry.at()),
                        Duration.ZERO,
                        Audience.SAME_CREDENTIALS);
    }

    /** How many there are; also takes out what is old or too much. */
    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    @Override
    public String toString() {
        return "LastGoodReplies";
    }
}
