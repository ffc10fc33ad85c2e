package dev.sallyport.ratelimit.shared;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.shared.LimitScript.Question;
import dev.sallyport.ratelimit.shared.SharedLimitStore.Time;
import dev.sallyport.store.Script;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The leases of one gateway, only so many of them, and the way back of what they hold: of what finds no room, what is not used for a
 * while, and all of it when the gateway ends. Thread-safe.
 */
final class Leases {
    private static final int MOST_IN_ONE = 100;

    private final SharedStore store;
    private final Script script;
    private final RateLimitSettings settings;
    private final Time time;
    private final Cache<Bucket, LeasedBucket> leases;
    private final AtomicBoolean sweeping = new AtomicBoolean();

    /**
     * None yet.
     *
     * @param script by which permits go back
     */
    Leases(SharedStore store, Script script, RateLimitSettings settings, Time time) {
        this.store = store;
        this.script = script;
        this.settings = settings;
        this.time = time;
        this.leases = Caffeine.newBuilder()
                .maximumSize(settings.maxBuckets())
                .evictionListener(this::evicted)
                .build();
    }

    private void evicted(@Nullable Bucket bucket, @Nullable LeasedBucket leased, RemovalCause cause) {
        if (leased != null) {
            giveBack(leased, leased.lease().clear());
        }
    }

    /** That of a bucket. */
    LeasedBucket of(Bucket bucket) {
        return leases.get(
                bucket,
                fresh -> new LeasedBucket(
                        fresh,
                        fresh.limit().burst() * settings.lease().share().value() / 100,
                        time.nanos().getAsLong()));
    }

    /** Puts back a permit of each. */
    void putBack(List<LeasedBucket> taken) {
        taken.forEach(leased -> giveBack(leased, leased.lease().add(1)));
    }

    /** What finds no room goes back at once: held anywhere else, it would come on top of what a bucket gives out again. */
    void giveBack(LeasedBucket leased, long permits) {
        if (permits > 0) {
            send(List.of(new Question(leased.bucket(), 0, 0, permits)));
        }
    }

    private void send(List<Question> questions) {
        var unused = sent(questions).subscribe();
    }

    /** What cannot be given back flows in again. */
    private Mono<Void> sent(List<Question> questions) {
        return store.run(script, LimitScript.keys(questions), LimitScript.arguments(questions))
                .then()
                .onErrorComplete(StoreFailure.class);
    }

    /** Gives back all that is held. */
    Mono<Void> giveAllBack() {
        return Mono.defer(() -> {
            List<Question> questions = new ArrayList<>();
            for (LeasedBucket leased : leases.asMap().values()) {
                long held = leased.lease().clear();
                if (held > 0) {
                    questions.add(new Question(leased.bucket(), 0, 0, held));
                }
            }
            return Flux.fromIterable(parts(questions)).flatMap(this::sent).then();
        });
    }

    private static List<List<Question>> parts(List<Question> questions) {
        List<List<Question>> parts = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += MOST_IN_ONE) {
            parts.add(questions.subList(from, Math.min(questions.size(), from + MOST_IN_ONE)));
        }
        return parts;
    }

    /** How many leases are kept. */
    long size() {
        leases.cleanUp();
        return leases.estimatedSize();
    }

    /** Has idle leases looked for in a while. */
    void sweepLater() {
        if (sweeping.compareAndSet(false, true)) {
            try {
                var unused = time.scheduler()
                        .schedule(this::sweep, settings.lease().time().toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException stopping) {
                sweeping.set(false);
            }
        }
    }

    /** Gives back what idle leases hold, and goes on as long as any holds something. */
    private void sweep() {
        sweeping.set(false);
        List<Question> questions = new ArrayList<>();
        boolean more = false;
        for (LeasedBucket leased : leases.asMap().values()) {
            if (leased.lease().held() > 0) {
                more = true;
                long idle = leased.idle();
                if (idle > 0) {
                    questions.add(new Question(leased.bucket(), 0, 0, idle));
                }
            }
        }
        parts(questions).forEach(this::send);
        if (more) {
            sweepLater();
        }
    }
}
