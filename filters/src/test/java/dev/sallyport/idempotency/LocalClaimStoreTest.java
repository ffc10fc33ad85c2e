package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.idempotency.Claim.Granted;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.Claim.State;
import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import dev.sallyport.idempotency.Ending.Unknown;
import dev.sallyport.idempotency.LocalClaimStore.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

final class LocalClaimStoreTest {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration KEEP = Duration.ofHours(24);

    private final AtomicLong now = new AtomicLong(-5); // nanoTime may be anything
    private final LocalClaimStore store = store(1000, 1 << 20);

    @Test
    void a_key_is_taken_once() {
        assertThat(claim("a", 1)).isInstanceOf(Granted.class);
        assertThat(state("a", 2)).isEqualTo(State.IN_FLIGHT);
        assertThat(claim("b", 3)).isInstanceOf(Granted.class);
    }

    @Test
    void a_success_is_kept_with_its_answer_and_the_fingerprint_of_its_call() {
        claim("a", 1);

        assertThat(end("a", 1, succeeded("answer", KEEP))).isTrue();

        Held held = (Held) claim("a", 2);
        assertThat(held.state()).isEqualTo(State.SUCCEEDED);
        assertThat(held.fingerprint()).isEqualTo("print-1");
        assertThat(answer(held)).isEqualTo("answer");
    }

    @Test
    void what_was_claimed_under_a_name_of_an_older_key_is_found_and_nothing_is_claimed_besides() {
        claim("old", 1);
        end("old", 1, succeeded("answer", KEEP));

        Held held = (Held) Objects.requireNonNull(store.claim(new Wish(List.of("new", "old"), "print-2", "owner-2"))
                .block());

        assertThat(held.which()).isEqualTo(1);
        assertThat(answer(held)).isEqualTo("answer");
        assertThat(claim("new", 3)).isInstanceOf(Granted.class);
    }

    /** While keys are replaced, one names by the first and the other by the second. */
    @Test
    void of_two_calls_that_name_a_key_in_either_order_at_once_both_are_never_made() throws Exception {
        LocalClaimStore large = store(10_000, 1 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 2000; round++) {
                var one = new Wish(List.of("a" + round, "b" + round), "print", "owner-1");
                var other = new Wish(List.of("b" + round, "a" + round), "print", "owner-2");
                var start = new CyclicBarrier(2);
                List<Future<Claim>> claims = new ArrayList<>();
                for (Wish wish : List.of(one, other)) {
                    claims.add(threads.submit(() -> {
                        start.await();
                        return large.claimed(wish);
                    }));
                }
                boolean first = claims.get(0).get() instanceof Granted;
                boolean second = claims.get(1).get() instanceof Granted;
                assertThat(first && second).as("round %s", round).isFalse();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_call_without_effect_frees_its_key_and_one_of_unknown_outcome_does_not() {
        claim("a", 1);
        claim("b", 2);

        assertThat(end("a", 1, new NoEffect())).isTrue();
        assertThat(end("b", 2, new Unknown())).isTrue();

        assertThat(claim("a", 3)).isInstanceOf(Granted.class);
        assertThat(state("b", 4)).isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_claim_that_is_not_renewed_is_of_unknown_outcome_after_its_lease_and_never_free() {
        claim("a", 1);
        pass(LEASE);
        assertThat(state("a", 2)).isEqualTo(State.IN_FLIGHT);

        pass(Duration.ofNanos(1));

        assertThat(state("a", 2)).isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_claim_that_is_renewed_stands() {
        claim("a", 1);
        for (int third = 0; third < 30; third++) {
            pass(LEASE.dividedBy(3));
            assertThat(renew("a", 1)).isTrue();
        }

        assertThat(state("a", 2)).isEqualTo(State.IN_FLIGHT);
    }

    @Test
    void an_owner_who_comes_late_still_says_how_it_ended_as_long_as_the_claim_is_its_own() {
        claim("a", 1);
        pass(LEASE.multipliedBy(2));

        assertThat(end("a", 1, succeeded("late", KEEP))).isTrue();

        assertThat(answer((Held) claim("a", 2))).isEqualTo("late");
    }

    @Test
    void a_claim_that_another_has_taken_is_not_changed_by_the_first() {
        claim("a", 1);
        end("a", 1, new NoEffect());
        claim("a", 2);

        assertThat(renew("a", 1)).isFalse();
        assertThat(end("a", 1, succeeded("of the first", KEEP))).isFalse();
        assertThat(end("a", 1, new Unknown())).isFalse();
        assertThat(end("a", 1, new NoEffect())).isFalse();

        assertThat(state("a", 3)).isEqualTo(State.IN_FLIGHT);
        assertThat(end("a", 2, succeeded("of the second", KEEP))).isTrue();
        assertThat(end("a", 1, succeeded("of the first", KEEP))).isFalse();
        assertThat(answer((Held) claim("a", 3))).isEqualTo("of the second");
    }

    @Test
    void what_ended_has_ended() {
        claim("a", 1);
        end("a", 1, new Unknown());

        assertThat(end("a", 1, new NoEffect())).isFalse();
        assertThat(renew("a", 1)).isFalse();

        assertThat(state("a", 2)).isEqualTo(State.UNKNOWN);
    }

    @Test
    void what_became_of_a_call_is_remembered_for_as_long_as_was_said_and_its_answer_for_less() {
        claim("a", 1);
        end("a", 1, succeeded("answer", Duration.ofMinutes(5)));

        pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(answer((Held) claim("a", 2))).isEqualTo("answer");
        pass(Duration.ofNanos(1));
        assertThat(answer((Held) claim("a", 2))).isNull();
        assertThat(state("a", 2)).isEqualTo(State.SUCCEEDED);
        pass(KEEP.minus(Duration.ofMinutes(5)));
        assertThat(claim("a", 2)).isInstanceOf(Granted.class);
    }

    @Test
    void a_full_store_forgets_nothing_and_takes_no_new_key_until_there_is_room() {
        LocalClaimStore small = store(3, 1 << 20);
        IntStream.range(0, 3)
                .forEach(each -> small.claim(wish("k" + each, each)).block());
        small.end(wish("k0", 0), new Unknown()).block();

        StepVerifier.create(small.claim(wish("one more", 9))).verifyError(LocalClaimStore.Full.class);
        StepVerifier.create(small.claim(wish("k0", 9)))
                .assertNext(claim -> assertThat(((Held) claim).state()).isEqualTo(State.UNKNOWN))
                .verifyComplete();

        small.end(wish("k1", 1), new NoEffect()).block();
        assertThat(small.claim(wish("one more", 9)).block()).isInstanceOf(Granted.class);
    }

    @Test
    void a_full_store_has_room_once_something_is_old() {
        LocalClaimStore small = store(1, 1 << 20);
        small.claim(wish("a", 1)).block();
        pass(KEEP);

        assertThat(small.claim(wish("b", 2)).block()).isInstanceOf(Granted.class);
    }

    @Test
    void answers_make_room_for_others_and_that_there_was_one_is_remembered() {
        LocalClaimStore small = store(1000, 10_000);
        for (int each = 0; each < 100; each++) {
            Wish wish = wish("k" + each, each);
            small.claim(wish).block();
            small.end(wish, succeeded("x".repeat(1000), KEEP)).block();
        }
        small.tidy();

        List<Held> held = IntStream.range(0, 100)
                .mapToObj(each -> (Held) Objects.requireNonNull(
                        small.claim(wish("k" + each, 1000)).block()))
                .toList();
        assertThat(held).allMatch(each -> each.state() == State.SUCCEEDED);
        assertThat(held.stream().filter(each -> each.answer() != null)).hasSizeBetween(1, 10);
    }

    private LocalClaimStore store(long entries, long bytes) {
        return new LocalClaimStore(new Bounds(LEASE, KEEP, entries, bytes), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Claim claim(String name, int owner) {
        return Objects.requireNonNull(store.claim(wish(name, owner)).block());
    }

    private State state(String name, int owner) {
        return ((Held) claim(name, owner)).state();
    }

    private boolean renew(String name, int owner) {
        return Boolean.TRUE.equals(store.renew(wish(name, owner)).block());
    }

    private boolean end(String name, int owner, Ending ending) {
        return Boolean.TRUE.equals(store.end(wish(name, owner), ending).block());
    }

    private static Wish wish(String name, int owner) {
        return new Wish(List.of(name), "print-" + owner, "owner-" + owner);
    }

    private static Succeeded succeeded(String answer, Duration kept) {
        return new Succeeded(new SealedAnswer(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8)), kept);
    }

    private static @Nullable String answer(Held held) {
        SealedAnswer sealed = held.answer();
        return sealed == null ? null : new String(sealed.bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
