package dev.sallyport.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.idempotency.Claim.Granted;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import dev.sallyport.idempotency.Ending.Unknown;
import dev.sallyport.idempotency.LocalClaimStore.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads at one key, switched between at every place where they touch what both see, in one order after the other. */
@Timeout(300)
final class ClaimInterleavingTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration KEEP = Duration.ofHours(24);

    /** Whatever happens between two steps of the cache is the cache's own, which its author tries in the same way. */
    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(name -> name.startsWith("com.github.benmanes."))
                        .allMethods()
                        .treatAsAtomic());
    }

    @Test
    void every_claim_is_as_if_one_thread_at_a_time_had_asked() {
        options().check(Claims.class);
    }

    @Test
    void a_call_has_its_effect_once_even_if_the_gateway_that_makes_it_dies_or_is_late() {
        options().check(Effects.class);
    }

    private static LocalClaimStore store(AtomicLong now) {
        return new LocalClaimStore(new Bounds(LEASE, KEEP, 1000, 1 << 20), now::get);
    }

    private static Wish wish(int owner) {
        return new Wish(List.of("key"), "print", "owner-" + owner);
    }

    private static Succeeded success(int owner) {
        return new Succeeded(new SealedAnswer(("answer-" + owner).getBytes(UTF_8)), KEEP);
    }

    /** Three owners, who do whatever they may do at any time, and things that they may not. */
    @Param(name = "owner", gen = IntGen.class, conf = "1:3")
    public static class Claims {
        private final LocalClaimStore store = store(new AtomicLong());

        @Operation
        public String claim(@Param(name = "owner") int owner) {
            Claim claim = store.claimed(wish(owner));
            return claim instanceof Held held ? told(held) : "granted";
        }

        private static String told(Held held) {
            SealedAnswer answer = held.answer();
            return held.state() + (answer == null ? "" : " " + new String(answer.bytes(), UTF_8));
        }

        @Operation
        public boolean renew(@Param(name = "owner") int owner) {
            return store.renewed(wish(owner));
        }

        @Operation
        public boolean succeed(@Param(name = "owner") int owner) {
            return store.ended(wish(owner), success(owner));
        }

        @Operation
        public boolean free(@Param(name = "owner") int owner) {
            return store.ended(wish(owner), new NoEffect());
        }

        @Operation
        public boolean leaveUnknown(@Param(name = "owner") int owner) {
            return store.ended(wish(owner), new Unknown());
        }
    }

    /** Calls with one key, as the filter makes them; each has an owner of its own. */
    public static class Effects {
        private final AtomicLong now = new AtomicLong();
        private final LocalClaimStore store = store(now);
        private final AtomicInteger owners = new AtomicInteger();
        private final AtomicInteger effects = new AtomicInteger();

        @Operation
        public void succeeds() {
            Wish wish = wish(owners.incrementAndGet());
            if (store.claimed(wish) instanceof Granted) {
                effects.incrementAndGet();
                store.renewed(wish);
                store.ended(wish, success(0));
            }
        }

        @Operation
        public void isRefusedByTheProvider() {
            Wish wish = wish(owners.incrementAndGet());
            if (store.claimed(wish) instanceof Granted) {
                store.renewed(wish);
                store.ended(wish, new NoEffect());
            }
        }

        @Operation
        public void dies() {
            if (store.claimed(wish(owners.incrementAndGet())) instanceof Granted) {
                effects.incrementAndGet();
            }
        }

        @Operation
        public void leaseEnds() {
            now.addAndGet(LEASE.toNanos() + 1);
        }

        @Validate
        public void atMostOneEffect() {
            if (effects.get() > 1) {
                throw new IllegalStateException(effects.get() + " effects");
            }
        }
    }
}
