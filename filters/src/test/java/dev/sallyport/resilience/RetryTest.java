package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

final class RetryTest {
    private static final Reply UNREACHABLE = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private int sent;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // number, reached, failed, wait in ms
                "1,  false, true,  100",
                "2,  false, true,  200",
                "3,  false, true,  400",
                "4,  false, true,  800",
                "5,  false, true,  1000",
                "59, false, true,  1000",
                "60, false, true,  -",
                "1,  true,  true,  -",
                "1,  false, false, -",
                "1,  true,  false, -",
            })
    void only_what_failed_before_it_reached_the_provider_is_tried_again(
            int number, boolean reached, boolean failed, @Nullable Integer millis) {
        var decision = new RetryDecision(60, Duration.ofMillis(100));

        assertThat(decision.after(new Attempt(number, reached, failed)).map(Duration::toMillis))
                .isEqualTo(Optional.ofNullable(millis).map(Integer::longValue));
    }

    @Test
    void a_budget_starts_with_a_reserve_and_then_gives_a_share_of_the_calls() {
        var budget = new RetryBudget(20);
        int reserve = drained(budget);

        for (int call = 0; call < 100; call++) {
            budget.payIn();
        }

        assertThat(reserve).isEqualTo(10);
        assertThat(drained(budget)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 4", "20, 8", "100, 10"})
    void a_share_of_forty_calls_is_paid_in_up_to_the_reserve(int percent, int retries) {
        var budget = new RetryBudget(percent);
        drained(budget);

        for (int call = 0; call < 40; call++) {
            budget.payIn();
        }

        assertThat(drained(budget)).isEqualTo(retries);
    }

    @Test
    void a_call_that_was_not_reached_is_tried_again_after_a_wait() {
        replies.add(UNREACHABLE);
        replies.add(Calls.answer(200, "{}"));
        List<Reply> got = new ArrayList<>();

        filter(3, 100).around(provider()).send(Calls.unread(Calls.call("{}"))).subscribe(got::add);
        time.advanceTimeBy(Duration.ofMillis(74));
        int before = sent;
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(before).isEqualTo(1);
        assertThat(sent).isEqualTo(2);
        assertThat(got).singleElement().hasToString("200 (2 bytes)");
        assertThat(heard).containsExactly("retried login");
    }

    @ParameterizedTest
    @CsvSource({"200", "400", "500", "503"})
    void an_answer_is_never_tried_again(int status) {
        replies.add(Calls.answer(status, "{}"));

        assertThat(run(filter(3, 100))).hasToString(status + " (2 bytes)");

        assertThat(sent).isEqualTo(1);
    }

    @Test
    void what_may_have_reached_the_provider_is_never_tried_again() {
        replies.add(new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "broke"), new Timing(5, 0)));

        run(filter(3, 100));

        assertThat(sent).isEqualTo(1);
    }

    @Test
    void the_last_failure_stands_when_the_attempts_are_used_up() {
        replies.addAll(List.of(UNREACHABLE, UNREACHABLE, UNREACHABLE));

        assertThat(run(filter(3, 100))).isSameAs(UNREACHABLE);

        assertThat(sent).isEqualTo(3);
    }

    @Test
    void without_budget_nothing_is_tried_again_and_that_is_told() {
        RetryFilter filter = filter(2, 0);
        for (int call = 0; call < 10; call++) {
            replies.addAll(List.of(UNREACHABLE, UNREACHABLE));
            run(filter);
        }
        heard.clear();
        replies.add(UNREACHABLE);

        run(filter);

        assertThat(heard).containsExactly("out of budget login");
        assertThat(sent).isEqualTo(21);
    }

    @Test
    void operations_pay_from_one_budget() {
        var shared = new RetryBudget(0);
        RetryFilter one = filter(2, shared);
        RetryFilter other = filter(2, shared);
        for (int call = 0; call < 5; call++) {
            replies.addAll(List.of(UNREACHABLE, UNREACHABLE, UNREACHABLE, UNREACHABLE));
            run(one);
            run(other);
        }
        heard.clear();
        replies.addAll(List.of(UNREACHABLE, UNREACHABLE));

        run(one);
        run(other);

        assertThat(heard).containsExactly("out of budget login", "out of budget login");
    }

    @Test
    void a_caller_that_goes_away_stops_the_retries() {
        replies.add(UNREACHABLE);

        filter(3, 100)
                .around(provider())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe()
                .dispose();
        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(sent).isEqualTo(1);
    }

    private static int drained(RetryBudget budget) {
        int retries = 0;
        while (budget.takeOut()) {
            retries++;
        }
        return retries;
    }

    private RetryEvents events() {
        return new RetryEvents() {
            @Override
            public void retried(String operation) {
                heard.add("retried " + operation);
            }

            @Override
            public void outOfBudget(String operation) {
                heard.add("out of budget " + operation);
            }
        };
    }

    private RetryFilter filter(int maxAttempts, int percent) {
        return filter(maxAttempts, new RetryBudget(percent));
    }

    private RetryFilter filter(int maxAttempts, RetryBudget budget) {
        return new RetryFilter(
                new RetryDecision(maxAttempts, Duration.ofMillis(100)), budget, events(), () -> time, () -> 0.5);
    }

    private Reply run(RetryFilter filter) {
        List<Reply> got = new ArrayList<>();
        filter.around(provider()).send(Calls.unread(Calls.call("{}"))).subscribe(got::add);
        time.advanceTimeBy(Duration.ofMinutes(1));
        return got.get(0);
    }

    private Upstream<ReadCall> provider() {
        return call -> {
            sent++;
            return Mono.just(replies.remove());
        };
    }
}
