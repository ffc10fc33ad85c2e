package dev.sallyport.ratelimit;

import static dev.sallyport.ratelimit.CallLimitRig.FIVE;
import static dev.sallyport.ratelimit.CallLimitRig.GUESS;
import static dev.sallyport.ratelimit.CallLimitRig.SECRET;
import static dev.sallyport.ratelimit.CallLimitRig.call;
import static dev.sallyport.ratelimit.CallLimitRig.limit;
import static dev.sallyport.ratelimit.CallLimitRig.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.CredentialKey;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.ratelimit.CallLimitFilter.Proof;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** A project's permits go to those who hold its secret: calls with others take those of their address. */
final class CallLimitTest {
    private final CallLimitRig rig = new CallLimitRig();

    @Test
    void calls_with_the_secret_are_counted_together_the_first_included() {
        List<Boolean> passed = new ArrayList<>();
        for (int call = 0; call < 7; call++) {
            passed.add(rig.passes(SECRET, "192.0.2." + call, 200));
        }

        assertThat(passed).containsExactly(true, true, true, true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500})
    void calls_that_the_provider_does_not_let_in_cost_the_project_nothing(int status) {
        for (int call = 0; call < 100; call++) {
            rig.passes(GUESS, "192.0.2." + call, status);
        }

        assertThat(rig.passes(GUESS, "198.51.100.1", status)).isTrue();
        for (int call = 0; call < 5; call++) {
            assertThat(rig.passes(SECRET, "203.0.113.1", 200)).isTrue();
        }
    }

    @Test
    void calls_that_the_provider_does_not_let_in_are_counted_by_their_address() {
        for (int call = 0; call < 5; call++) {
            rig.passes(GUESS + call, "192.0.2.1", 401);
        }

        assertThat(rig.passes("Basic another", "192.0.2.1", 401)).isFalse();
        assertThat(rig.passes("Basic another", "192.0.2.2", 401)).isTrue();
    }

    @Test
    void a_caller_who_goes_away_before_it_is_told_no_costs_the_project_nothing() {
        for (int call = 0; call < 100; call++) {
            Disposable waiting = rig.filter
                    .around(asked -> Mono.never())
                    .send(call(GUESS, "192.0.2." + call))
                    .subscribe();
            waiting.dispose();
        }

        assertThat(rig.passes(SECRET, "203.0.113.1", 200)).isTrue();
        assertThat(rig.passes(SECRET, "203.0.113.1", 200)).isTrue();
    }

    @Test
    void credentials_that_are_told_no_are_no_longer_good() {
        rig.passes(SECRET, "192.0.2.1", 200);
        rig.passes(SECRET, "192.0.2.1", 401);

        assertThat(rig.good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void credentials_are_good_for_their_project_and_for_an_hour_after_their_last_success() {
        rig.passes(SECRET, "192.0.2.1", 200);
        boolean elsewhere = rig.good.are(CredentialKey.of("project2", SECRET));
        rig.nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        rig.passes(SECRET, "192.0.2.1", 200);
        rig.nanos.addAndGet(Duration.ofMinutes(59).toNanos());
        boolean still = rig.good.are(CredentialKey.of("project", SECRET));
        rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(elsewhere).isFalse();
        assertThat(still).isTrue();
        assertThat(rig.good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void other_calls_count_for_a_project_by_what_contracted_ones_proved_and_prove_nothing_themselves() {
        var others = new CallLimitFilter(new CallBuckets(List.of(FIVE)), rig.permits, rig.good, Proof.OF_OTHERS);

        for (int call = 0; call < 100; call++) {
            passes(others, "project", GUESS, "192.0.2." + call, "{}", 200);
        }
        boolean guessed = rig.good.are(CredentialKey.of("project", GUESS));
        rig.passes(SECRET, "203.0.113.1", 200);
        List<Boolean> passed = new ArrayList<>();
        for (int call = 0; call < 5; call++) {
            passed.add(passes(others, "project", SECRET, "198.51.100." + call, "{}", 200));
        }

        assertThat(guessed).isFalse();
        assertThat(passed).containsExactly(true, true, true, true, false);
    }

    @Test
    void keys_which_anyone_may_fetch_prove_nothing_and_cost_the_project_nothing() {
        var keys = new CallLimitFilter(new CallBuckets(List.of(FIVE)), rig.permits, rig.good, Proof.NONE);

        for (int call = 0; call < 10; call++) {
            Calls.through(keys, call(GUESS, "192.0.2.1"), asked -> Mono.just(Calls.answer(200, "{}")));
        }

        assertThat(rig.good.are(CredentialKey.of("project", GUESS))).isFalse();
        assertThat(rig.passes(SECRET, "203.0.113.1", 200)).isTrue();
    }

    @Test
    void what_the_gateway_refuses_proves_nothing() {
        Reply refused = Calls.through(
                rig.filter,
                call(SECRET, "192.0.2.1"),
                asked -> Mono.just(new Refusal(Rejection.of(Reason.SESSION_TOKEN_REFUSED, "no"))));

        assertThat(refused).isInstanceOf(Refusal.class);
        assertThat(rig.good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void an_answer_that_was_stored_and_is_given_again_proves_nothing() {
        Answer stored = Calls.answer(200, "{}");
        var replayed = new Answer(200, stored.headers(), stored.body(), Reply.Timing.NONE, stored.content());

        Calls.through(rig.filter, call(SECRET, "192.0.2.1"), asked -> Mono.just(replayed));

        assertThat(rig.good.are(CredentialKey.of("project", SECRET))).isFalse();
    }

    @Test
    void a_call_without_a_project_or_credentials_is_counted_by_its_address() {
        for (int call = 0; call < 5; call++) {
            rig.passes(null, "192.0.2.1", 200);
        }

        assertThat(rig.passes(null, "192.0.2.1", 200)).isFalse();
        assertThat(rig.passes(SECRET, "192.0.2.2", 200)).isTrue();
    }

    @Test
    void a_call_that_another_limit_refuses_takes_nothing_of_the_address_if_it_holds_the_secret() {
        var addresses = List.of(limit("address", LimitKey.ADDRESS));
        var edge = new AddressLimitFilter(addresses, rig.permits, rig.good);
        rig.good.add(CredentialKey.of("project", SECRET));
        var refused = new Refusal(Rejection.of(Reason.RATE_LIMITED, "no"));

        for (int call = 0; call < 10; call++) {
            Calls.through(edge, call(SECRET, "192.0.2.1").call(), asked -> Mono.just(refused));
        }
        Reply after =
                Calls.through(edge, call(SECRET, "192.0.2.1").call(), asked -> Mono.just(Calls.answer(200, "{}")));
        for (int call = 0; call < 10; call++) {
            Calls.through(edge, call(GUESS, "192.0.2.2").call(), asked -> Mono.just(refused));
        }
        Reply guessed =
                Calls.through(edge, call(GUESS, "192.0.2.2").call(), asked -> Mono.just(Calls.answer(200, "{}")));

        assertThat(after).isInstanceOf(Answer.class);
        assertThat(guessed).isInstanceOf(Refusal.class);
    }
}
