package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Calls with a key while the store fails. */
final class ClaimStoreFailureTest extends KeyedCallRig {
    @Test
    void a_store_that_fails_has_the_call_refused() {
        store = new Failing(local);

        Rejection rejection = Calls.rejection(send("key"));

        assertThat(rejection.reason()).isEqualTo(Reason.IDEMPOTENCY_UNAVAILABLE);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
        assertThat(heard).containsExactly("unavailable");
    }

    @Test
    void a_store_that_fails_has_the_call_made_if_the_operator_says_so() {
        store = new Failing(local);

        assertThat(send(call("key"), true)).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("unprotected");
    }

    @Test
    void a_call_that_is_made_without_the_store_is_given_up_at_the_deadline() {
        store = new Failing(local);
        boolean[] given = new boolean[1];
        provider = Mono.<Reply>never().doOnCancel(() -> given[0] = true);
        Filter<ReadCall> filter =
                idempotency(true).filter(contract, door(), DEADLINE).orElseThrow();
        Disposable caller = filter.around(this::provide).send(call("key")).subscribe();
        caller.dispose();

        time.advanceTimeBy(DEADLINE);

        assertThat(given[0]).isTrue();
    }

    @Test
    void a_store_that_fails_while_a_call_is_made_takes_nothing_from_its_answer() {
        var failing = new Failing(local);
        failing.claims = true;
        store = failing;

        assertThat(send("key")).isInstanceOf(Answer.class);
        assertThat(heard).containsExactly("first", "ended lost");
        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
        time.advanceTimeBy(LEASE.plusNanos(1));
        assertUnknown();
    }

    /** Fails at everything, or at everything but claims. */
    private static final class Failing implements ClaimStore {
        private final ClaimStore base;
        private boolean claims;

        Failing(ClaimStore base) {
            this.base = base;
        }

        @Override
        public Mono<Claim> claim(Wish wish) {
            return claims ? base.claim(wish) : Mono.error(new IllegalStateException("down"));
        }

        @Override
        public Mono<Boolean> renew(Wish granted) {
            return Mono.error(new IllegalStateException("down"));
        }

        @Override
        public Mono<Boolean> end(Wish granted, Ending ending) {
            return Mono.error(new IllegalStateException("down"));
        }
    }
}
