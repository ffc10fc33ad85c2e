package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

final class DeadlineTest {
    private static final Duration FAIR = Duration.ofMillis(200);
    private static final long MILLI = Duration.ofMillis(1).toNanos();
    private static final Reply UNREACHABLE = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));
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

    @ParameterizedTest
    @CsvSource({
        "1, CALLER_DEADLINE_OVER",
        "199, CALLER_DEADLINE_OVER",
        "200, PROVIDER_TIMED_OUT",
        "9000, PROVIDER_TIMED_OUT"
    })
    void a_caller_who_leaves_less_than_a_fair_time_has_itself_to_thank_for_it(long millis, Reason reason) {
        ask(10_000, Calls.within(Calls.call("{}"), Duration.ofMillis(millis)), Mono.never());
        time.advanceTimeBy(Duration.ofMillis(millis));

        assertThat(refusal().reason()).isEqualTo(reason);
        assertThat(refusal().message()).contains("within " + millis + " ms", "may have carried it out");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {
                "OVERLOADED",
                "PROVIDER_UNREACHABLE",
                "PROVIDER_TIMED_OUT",
                "TELEMETRY_UNAVAILABLE",
                "SESSION_KEYS_UNAVAILABLE",
                "CALLER_KEYS_UNAVAILABLE"
            })
    void so_has_one_for_whom_something_was_waited_for_until_then(Reason waitedFor) {
        var waited = new Refusal(
                Rejection.of(waitedFor, "It was not made.").because(new IOException("in vain")),
                Calls.TIMING,
                null,
                Map.of("a", "b"));

        Refusal told = (Refusal) failing(waited, Duration.ofMillis(300), Duration.ofHours(1));

        assertThat(told.rejection().reason()).isEqualTo(Reason.CALLER_DEADLINE_OVER);
        assertThat(told.rejection().message()).isEqualTo("The 300 ms that the caller left are over. It was not made.");
        assertThat(told.rejection().cause()).hasMessage("in vain");
        assertThat(told.timing()).isEqualTo(Calls.TIMING);
        assertThat(told.fields()).containsEntry("a", "b");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"SESSION_TOKEN_REFUSED", "REPLY_BREAKS_CONTRACT", "STORE_UNAVAILABLE", "RATE_LIMITED", "INTERNAL"})
    void what_is_no_wait_keeps_its_reason(Reason reason) {
        Reply failed = new Refusal(Rejection.of(reason, "no"));

        assertThat(failing(failed, Duration.ofMillis(100), Duration.ofHours(1))).isSameAs(failed);
    }

    @Test
    void so_does_a_wait_for_which_there_was_a_fair_time() {
        assertThat(failing(UNREACHABLE, Duration.ofMillis(300), Duration.ofMillis(300)))
                .isSameAs(UNREACHABLE);
    }

    @Test
    void so_does_what_fails_while_there_is_time() {
        new DeadlineFilter(Duration.ofDays(1), Duration.ofHours(1), () -> time)
                .around(call -> Mono.just(UNREACHABLE))
                .send(Calls.within(Calls.call("{}"), Duration.ofMinutes(30)))
                .subscribe(got::add);

        assertThat(got).containsExactly(UNREACHABLE);
    }

    /** What is told of a call that fails at the end of what its caller left for it. */
    private Reply failing(Reply failure, Duration left, Duration fair) {
        new DeadlineFilter(Duration.ofDays(1), fair, () -> time)
                .around(call -> Mono.fromSupplier(() -> {
                    Awaitility.await().until(() -> call.deadline().isOver(System.nanoTime()));
                    return failure;
                }))
                .send(Calls.within(Calls.call("{}"), left))
                .subscribe(got::add);
        assertThat(got).hasSize(1);
        return got.get(0);
    }

    @ParameterizedTest
    @CsvSource({"1000, false, 999", "1000, true, 950", "400, true, 360", "100, true, 90", "60000, true, 59950"})
    void a_time_that_is_known_as_short_cuts_from_where_waits_are_cut_to_it(long millis, boolean isShort, long from) {
        var deadline = isShort ? new Deadline(0, millis * MILLI).asShort() : new Deadline(0, millis * MILLI);

        assertThat(deadline.isCutShort(from * MILLI)).isEqualTo(isShort);
        assertThat(deadline.isCutShort(from * MILLI - 1)).isFalse();
        assertThat(deadline.asShort().left(0)).isEqualTo(millis * MILLI);
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
        new DeadlineFilter(Duration.ofMillis(500), FAIR, () -> time)
                .around(call -> {
                    sent.add(call);
                    return Mono.just(REPLY);
                })
                .send(Calls.within(Calls.call("{}"), Duration.ZERO))
                .subscribe(got::add);

        assertThat(refusal().reason()).isEqualTo(Reason.CALLER_DEADLINE_OVER);
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
        new DeadlineFilter(Duration.ofMillis(millis), FAIR, () -> time)
                .around(sent -> provider)
                .send(call)
                .subscribe(got::add);
    }

    private Rejection refusal() {
        assertThat(got).hasSize(1);
        return Calls.rejection(got.get(0));
    }
}
