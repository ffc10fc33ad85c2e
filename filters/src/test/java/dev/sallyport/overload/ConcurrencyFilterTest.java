package dev.sallyport.overload;

import static dev.sallyport.overload.ConcurrencyRig.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Deadline;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Which calls go on, wait or are refused. */
final class ConcurrencyFilterTest {
    private final ConcurrencyRig rig = new ConcurrencyRig();

    @Test
    void a_call_holds_a_permit_from_its_leaving_to_its_reply() {
        rig.call(Priority.NORMAL);
        int during = rig.limiter.inFlight();

        rig.answer(200);

        assertThat(during).isOne();
        assertThat(rig.limiter.inFlight()).isZero();
        assertThat(rig.replies).singleElement().hasToString("200 (2 bytes)");
    }

    @Test
    void nothing_happens_before_a_reply_is_asked_for() {
        rig.filter(Priority.NORMAL).around(rig.provider()).send(Calls.unread(Calls.call("{}")));

        assertThat(rig.limiter.inFlight()).isZero();
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void a_call_of_high_priority_that_finds_no_permit_waits_for_one() {
        rig.call(Priority.NORMAL);
        rig.call(Priority.NORMAL);
        rig.call(Priority.HIGH);
        int before = rig.asked.size();

        rig.answer(200);
        rig.time.advanceTimeBy(QUEUE.multipliedBy(2));

        assertThat(before).isEqualTo(2);
        assertThat(rig.asked).hasSize(2);
        assertThat(rig.replies).hasSize(1);
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void a_call_that_waited_in_vain_is_refused_and_told_when_to_come_back() {
        rig.call(Priority.NORMAL);
        rig.call(Priority.NORMAL);
        rig.call(Priority.HIGH);

        rig.time.advanceTimeBy(QUEUE);

        Rejection rejection = Calls.rejection(rig.replies.get(0));
        assertThat(rejection.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(rig.heard).containsExactly("HIGH WAIT refused");
        assertThat(rig.limiter.queued()).isZero();
        assertThat(rig.asked).hasSize(2);
    }

    @Test
    void a_call_that_has_less_time_than_the_line_takes_is_refused_before_that_is_over() {
        rig.call(Priority.NORMAL);
        rig.call(Priority.NORMAL);
        var hurried = new Deadline(rig.now(), Duration.ofMillis(20).toNanos());
        rig.call(Priority.HIGH, Calls.unread(Calls.call("{}")).within(hurried));

        rig.time.advanceTimeBy(Duration.ofMillis(19));

        assertThat(Calls.rejection(rig.replies.get(0)).reason()).isEqualTo(Reason.OVERLOADED);
    }

    @Test
    void a_call_whose_caller_left_no_fair_time_is_not_counted_as_shed() {
        rig.call(Priority.NORMAL);
        rig.call(Priority.NORMAL);
        var hurried = new Deadline(rig.now(), Duration.ofMillis(20).toNanos()).asShort();
        rig.call(Priority.HIGH, Calls.unread(Calls.call("{}")).within(hurried));

        rig.time.advanceTimeBy(Duration.ofMillis(19));

        assertThat(Calls.rejection(rig.replies.get(0)).reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void a_call_of_lower_priority_that_finds_no_permit_is_refused_at_once() {
        rig.call(Priority.NORMAL);
        rig.call(Priority.LOW);
        rig.call(Priority.NORMAL);
        rig.call(Priority.NORMAL);

        assertThat(rig.asked).hasSize(2);
        assertThat(rig.heard).containsExactly("LOW LIMIT refused", "NORMAL LIMIT refused");
    }

    @Test
    void the_permit_of_a_caller_who_leaves_is_free_and_the_exchange_is_cancelled() {
        Disposable leaving = rig.call(Priority.NORMAL);

        leaving.dispose();

        assertThat(rig.limiter.inFlight()).isZero();
        assertThat(rig.cancelled).isOne();
    }

    @Test
    void a_caller_who_leaves_the_line_takes_no_permit_and_is_never_refused() {
        rig.call(Priority.NORMAL);
        rig.call(Priority.NORMAL);
        Disposable leaving = rig.call(Priority.HIGH);

        leaving.dispose();
        rig.answer(200);
        rig.time.advanceTimeBy(QUEUE.multipliedBy(2));

        assertThat(rig.limiter.queued()).isZero();
        assertThat(rig.limiter.inFlight()).isOne();
        assertThat(rig.heard).isEmpty();
    }

    @Test
    void report_counts_what_is_too_much_and_lets_it_go_on() {
        rig.mode = ConcurrencyMode.REPORT;
        for (int each = 0; each < 5; each++) {
            rig.call(Priority.HIGH);
        }

        assertThat(rig.asked).hasSize(5);
        assertThat(rig.heard).hasSize(3).containsOnly("HIGH LIMIT let through");
        while (!rig.asked.isEmpty()) {
            rig.answer(200);
        }
        assertThat(rig.limiter.inFlight()).isZero();
        assertThat(rig.replies).hasSize(5);
    }

    @Test
    void a_bug_gives_the_permit_back() {
        rig.call(Priority.NORMAL);

        rig.asked.remove().tryEmitError(new IllegalStateException("bug"));

        assertThat(rig.limiter.inFlight()).isZero();
        assertThat(rig.heard).containsExactly("bug");
    }

    @Test
    void no_reply_gives_the_permit_back() {
        rig.call(Priority.NORMAL);

        rig.asked.remove().tryEmitEmpty();

        assertThat(rig.limiter.inFlight()).isZero();
        assertThat(rig.replies).isEmpty();
    }

    @Test
    void it_prints_what_it_does() {
        assertThat(rig.filter(Priority.HIGH)).hasToString("concurrency(enforce, queue 50 ms, high priority)");
        assertThat(rig.filter(Priority.NORMAL)).hasToString("concurrency(enforce, normal priority)");
        rig.mode = ConcurrencyMode.REPORT;
        assertThat(rig.filter(Priority.LOW)).hasToString("concurrency(report, low priority)");
    }
}
