package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The filter around a provider that answers when a test says so. */
final class ConcurrencyFilterTest {
    private static final Duration QUEUE = Duration.ofMillis(50);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Deque<Sinks.One<Reply>> asked = new ArrayDeque<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<Window> windows = new ArrayList<>();
    private final ConcurrencyLimiter limiter =
            new ConcurrencyLimiter(new LimitWindows(this::noted, 2, this::now), QUEUE.toNanos());
    private ConcurrencyMode mode = ConcurrencyMode.ENFORCE;
    private int cancelled;

    private double noted(double limit, Window window) {
        windows.add(window);
        return limit;
    }

    private long now() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    @Test
    void a_call_holds_a_permit_from_its_leaving_to_its_reply() {
        call(Priority.NORMAL);
        int during = limiter.inFlight();

        answer(200);

        assertThat(during).isOne();
        assertThat(limiter.inFlight()).isZero();
        assertThat(replies).singleElement().hasToString("200 (2 bytes)");
    }

    @Test
    void nothing_happens_before_a_reply_is_asked_for() {
        filter(Priority.NORMAL).around(provider()).send(Calls.unread(Calls.call("{}")));

        assertThat(limiter.inFlight()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_call_of_high_priority_that_finds_no_permit_waits_for_one() {
        call(Priority.NORMAL);
        call(Priority.NORMAL);
        call(Priority.HIGH);
        int before = asked.size();

        answer(200);
        time.advanceTimeBy(QUEUE.multipliedBy(2));

        assertThat(before).isEqualTo(2);
        assertThat(asked).hasSize(2);
        assertThat(replies).hasSize(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_call_that_waited_in_vain_is_refused_and_told_when_to_come_back() {
        call(Priority.NORMAL);
        call(Priority.NORMAL);
        call(Priority.HIGH);

        time.advanceTimeBy(QUEUE);

        Rejection rejection = Calls.rejection(replies.get(0));
        assertThat(rejection.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("HIGH WAIT refused");
        assertThat(limiter.queued()).isZero();
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_call_that_has_less_time_than_the_line_takes_is_refused_before_that_is_over() {
        call(Priority.NORMAL);
        call(Priority.NORMAL);
        var hurried = new Deadline(now(), Duration.ofMillis(20).toNanos());
        call(Priority.HIGH, Calls.unread(Calls.call("{}")).within(hurried));

        time.advanceTimeBy(Duration.ofMillis(19));

        assertThat(Calls.rejection(replies.get(0)).reason()).isEqualTo(Reason.OVERLOADED);
    }

    @Test
    void a_call_whose_caller_left_no_fair_time_is_not_counted_as_shed() {
        call(Priority.NORMAL);
        call(Priority.NORMAL);
        var hurried = new Deadline(now(), Duration.ofMillis(20).toNanos()).asShort();
        call(Priority.HIGH, Calls.unread(Calls.call("{}")).within(hurried));

        time.advanceTimeBy(Duration.ofMillis(19));

        assertThat(Calls.rejection(replies.get(0)).reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_call_of_lower_priority_that_finds_no_permit_is_refused_at_once() {
        call(Priority.NORMAL);
        call(Priority.LOW);
        call(Priority.NORMAL);
        call(Priority.NORMAL);

        assertThat(asked).hasSize(2);
        assertThat(heard).containsExactly("LOW LIMIT refused", "NORMAL LIMIT refused");
    }

    @Test
    void the_permit_of_a_caller_who_leaves_is_free_and_the_exchange_is_cancelled() {
        Disposable leaving = call(Priority.NORMAL);

        leaving.dispose();

        assertThat(limiter.inFlight()).isZero();
        assertThat(cancelled).isOne();
    }

    @Test
    void a_caller_who_leaves_the_line_takes_no_permit_and_is_never_refused() {
        call(Priority.NORMAL);
        call(Priority.NORMAL);
        Disposable leaving = call(Priority.HIGH);

        leaving.dispose();
        answer(200);
        time.advanceTimeBy(QUEUE.multipliedBy(2));

        assertThat(limiter.queued()).isZero();
        assertThat(limiter.inFlight()).isOne();
        assertThat(heard).isEmpty();
    }

    @Test
    void report_counts_what_is_too_much_and_lets_it_go_on() {
        mode = ConcurrencyMode.REPORT;
        for (int each = 0; each < 5; each++) {
            call(Priority.HIGH);
        }

        assertThat(asked).hasSize(5);
        assertThat(heard).hasSize(3).containsOnly("HIGH LIMIT let through");
        while (!asked.isEmpty()) {
            answer(200);
        }
        assertThat(limiter.inFlight()).isZero();
        assertThat(replies).hasSize(5);
    }

    @Test
    void a_bug_gives_the_permit_back() {
        call(Priority.NORMAL);

        asked.remove().tryEmitError(new IllegalStateException("bug"));

        assertThat(limiter.inFlight()).isZero();
        assertThat(heard).containsExactly("bug");
    }

    @Test
    void no_reply_gives_the_permit_back() {
        call(Priority.NORMAL);

        asked.remove().tryEmitEmpty();

        assertThat(limiter.inFlight()).isZero();
        assertThat(replies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // status, or the reason of a refusal; whether it left; measured as
                "200, -, true,  answered",
                "404, -, true,  answered",
                "429, -, true,  -",
                "500, -, true,  lost",
                "503, -, true,  lost",
                "-, PROVIDER_UNREACHABLE, false, -",
                "-, PROVIDER_UNREACHABLE, true, lost",
                "-, OVERLOADED, false, -",
                "-, REPLY_BREAKS_CONTRACT, true, lost",
            })
    void what_never_left_is_not_measured(
            @Nullable Integer status, @Nullable Reason reason, boolean left, @Nullable String measured) {
        Reply reply = status != null
                ? Calls.answer(status, "{}")
                : new Refusal(
                        Rejection.of(java.util.Objects.requireNonNull(reason), "no"), new Timing(left ? 5 : 0, 0));
        for (int each = 0; each < 60; each++) {
            call(Priority.NORMAL);
            time.advanceTimeBy(Duration.ofMillis(20));
            asked.remove().tryEmitValue(reply);
        }

        assertThat(windows.stream().mapToLong(Window::calls).sum() > 0).isEqualTo("answered".equals(measured));
        assertThat(windows.stream().mapToLong(Window::lost).sum() > 0).isEqualTo("lost".equals(measured));
    }

    @ParameterizedTest
    @CsvSource({"10, false", "150, false", "250, true", "9000, true"})
    void callers_who_leave_count_only_if_they_have_waited_for_long(long millis, boolean counts) {
        for (int each = 0; each < 60; each++) {
            call(Priority.NORMAL);
            time.advanceTimeBy(Duration.ofMillis(100));
            answer(200);
        }
        windows.clear();

        for (int each = 0; each < 60; each++) {
            Disposable leaving = call(Priority.NORMAL);
            time.advanceTimeBy(Duration.ofMillis(millis));
            leaving.dispose();
        }
        for (int each = 0; each < 60; each++) {
            call(Priority.NORMAL);
            time.advanceTimeBy(Duration.ofNanos(SECOND));
            answer(200);
        }

        assertThat(windows.stream().mapToLong(Window::lost).sum() > 0).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({"10, false", "900, false", "1100, true"})
    void callers_who_leave_before_any_answer_count_only_from_a_second_on(long millis, boolean counts) {
        for (int each = 0; each < 120; each++) {
            Disposable leaving = call(Priority.NORMAL);
            time.advanceTimeBy(Duration.ofMillis(millis));
            leaving.dispose();
        }
        for (int each = 0; each < 60; each++) {
            call(Priority.NORMAL);
            time.advanceTimeBy(Duration.ofMillis(100));
            asked.removeLast().tryEmitValue(Calls.answer(200, "{}"));
        }

        assertThat(windows.stream().mapToLong(Window::lost).sum() > 0).isEqualTo(counts);
    }

    @Test
    void it_prints_what_it_does() {
        assertThat(filter(Priority.HIGH)).hasToString("concurrency(enforce, queue 50 ms, high priority)");
        assertThat(filter(Priority.NORMAL)).hasToString("concurrency(enforce, normal priority)");
        mode = ConcurrencyMode.REPORT;
        assertThat(filter(Priority.LOW)).hasToString("concurrency(report, low priority)");
    }

    private ConcurrencyFilter filter(Priority priority) {
        OverloadEvents events =
                (of, cause, refused) -> heard.add(of + " " + cause + (refused ? " refused" : " let through"));
        return new ConcurrencyFilter(
                new ConcurrencyFilter.Terms(limiter, mode, events, () -> time, this::now), priority);
    }

    private Disposable call(Priority priority) {
        return call(priority, Calls.unread(Calls.call("{}")));
    }

    private Disposable call(Priority priority, ReadCall call) {
        return filter(priority)
                .around(provider())
                .send(call)
                .subscribe(replies::add, bug -> heard.add(String.valueOf(bug.getMessage())));
    }

    private Upstream<ReadCall> provider() {
        return call -> Mono.defer(() -> {
            Sinks.One<Reply> reply = Sinks.one();
            asked.add(reply);
            return reply.asMono().doOnCancel(() -> cancelled++);
        });
    }

    private void answer(int status) {
        asked.remove().tryEmitValue(Calls.answer(status, "{}"));
        time.advanceTime();
    }
}
