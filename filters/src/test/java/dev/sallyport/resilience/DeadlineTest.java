package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

final class DeadlineTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final Reply REPLY = new Refusal(Rejection.of(Reason.RATE_LIMITED, "no"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Reply> got = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // most, after, cut: a tenth less than what is left, but not more than 50 ms less
        "300,  0,    300",
        "9950, 0,    9950",
        "9951, 0,    9950",
        "300,  9600, 300",
        "300,  9700, 270",
        "300,  9990, 9",
        "300,  10000, 0",
        "300,  10001, 0",
        "0,    0,    0",
    })
    void a_wait_is_cut_to_a_little_less_than_what_is_left(long most, long after, long cut) {
        long start = -Duration.ofSeconds(5).toNanos(); // nanoTime may be below zero, and pass it
        var deadline = new Deadline(start, 10_000 * MILLI);

        long now = start + after * MILLI;
        assertThat(deadline.cut(most * MILLI, now)).isEqualTo(cut * MILLI);
        assertThat(deadline.left(now)).isEqualTo((10_000 - after) * MILLI);
        assertThat(deadline.isOver(now)).isEqualTo(after >= 10_000);
    }

    @ParameterizedTest
    @CsvSource({"-9223372036854775808", "-1", "0", "9223372036854775807"})
    void what_has_no_deadline_is_not_over_at_any_time(long now) {
        assertThat(Deadline.NONE.isOver(now)).isFalse();
        assertThat(Deadline.NONE.cut(300, now)).isEqualTo(300);
    }

    @Test
    void a_late_answer_is_refused_at_the_deadline() {
        ask(500, Calls.call("{}"), Mono.never());
        time.advanceTimeBy(Duration.ofMillis(499));
        boolean early = !got.isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(early).isFalse();
        assertThat(refusal().reason()).isEqualTo(Reason.PROVIDER_TIMED_OUT);
        assertThat(refusal().message()).contains("within 500 ms", "may have carried it out");
    }

    @Test
    void a_caller_who_waits_less_long_is_told_earlier() {
        ask(10_000, Calls.within(Calls.call("{}"), Duration.ofMillis(300)), Mono.never());
        time.advanceTimeBy(Duration.ofMillis(300));

        assertThat(refusal().message()).contains("within 300 ms");
    }

    @Test
    void a_caller_who_waits_longer_is_not_served_longer() {
        ask(500, Calls.within(Calls.call("{}"), Duration.ofMinutes(1)), Mono.never());
        time.advanceTimeBy(Duration.ofMillis(500));

        assertThat(refusal().message()).contains("within 500 ms");
    }

    @Test
    void a_call_whose_time_was_over_when_it_had_arrived_is_not_made() {
        List<Call> sent = new ArrayList<>();
        new DeadlineFilter(Duration.ofMillis(500), () -> time)
                .around(call -> {
                    sent.add(call);
                    return Mono.just(REPLY);
                })
                .send(Calls.within(Calls.call("{}"), Duration.ZERO))
                .subscribe(got::add);

        assertThat(refusal().reason()).isEqualTo(Reason.PROVIDER_TIMED_OUT);
        assertThat(refusal().message()).contains("It was not made.");
        assertThat(sent).isEmpty();
    }

    @Test
    void an_answer_in_time_passes_and_the_call_behind_a_late_one_is_given_up() {
        List<String> cancelled = new ArrayList<>();

        ask(500, Calls.call("{}"), Mono.just(REPLY));
        ask(500, Calls.call("{}"), Mono.<Reply>never().doOnCancel(() -> cancelled.add("given up")));
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(got).first().isSameAs(REPLY);
        assertThat(cancelled).containsExactly("given up");
    }

    private void ask(long millis, Call call, Mono<Reply> provider) {
        new DeadlineFilter(Duration.ofMillis(millis), () -> time)
                .around(sent -> provider)
                .send(call)
                .subscribe(got::add);
    }

    private Rejection refusal() {
        assertThat(got).hasSize(1);
        return Calls.rejection(got.get(0));
    }
}
