package dev.sallyport.kept;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.Call;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.kept.KeptReply.Audience;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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
    /** Of each caller, the keys of its entries; changed only with the entry, within the cache's own computation of its key. */
    private final Map<ByteBuffer, Set<KeptKey>> ofCaller = new ConcurrentHashMap<>();

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
                .evictionListener((@Nullable KeptKey key, @Nullable Entry entry, RemovalCause cause) -> takeOut(key))
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
        var next = new Entry(answer, ticker.read(), time);
        entries.asMap().compute(key, (same, had) -> {
            ofCaller.compute(key.caller(), (caller, keys) -> {
                Set<KeptKey> all = keys == null ? ConcurrentHashMap.newKeySet(1) : keys;
                all.add(key);
                return all;
            });
            return next;
        });
    }

    /** Whether there was one. */
    boolean forget(KeptKey key) {
        var was = new AtomicBoolean();
        entries.asMap().computeIfPresent(key, (same, entry) -> {
            was.set(true);
            takeOut(key);
            return null;
        });
        return was.get();
    }

    /** Whether there were any for the credentials of this key. As many steps as there were. */
    boolean forgetCaller(KeptKey key) {
        boolean any = false;
        for (KeptKey each : ofCaller.getOrDefault(key.caller(), Set.of())) {
            any |= forget(each);
        }
        return any;
    }

    private void takeOut(@Nullable KeptKey key) {
        if (key != null) {
            ofCaller.computeIfPresent(key.caller(), (caller, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    /** Callers with a reply that is kept. */
    int callers() {
        return ofCaller.size();
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
