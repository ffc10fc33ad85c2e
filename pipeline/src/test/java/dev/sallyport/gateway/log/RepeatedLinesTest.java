package dev.sallyport.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What is written of many lines of one kind, and what is only counted. */
final class RepeatedLinesTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> summed = new ArrayList<>();

    @AfterEach
    void end() {
        time.dispose();
    }

    private RepeatedLines<String> lines(int inFull, Scheduler scheduler) {
        return lines(inFull, new LineWindows(scheduler));
    }

    private RepeatedLines<String> lines(int inFull, LineWindows windows) {
        return new RepeatedLines<>(
                new Bounds(inFull, WINDOW, 2), "(others)", windows, (kind, more) -> summed.add(kind + " " + more));
    }

    private static long inFull(RepeatedLines<String> lines, String kind, int events) {
        return IntStream.range(0, events).filter(event -> lines.isInFull(kind)).count();
    }

    @Test
    void some_are_written_in_full_and_the_rest_is_told_once_although_nothing_more_comes() {
        RepeatedLines<String> lines = lines(3, time);

        long written = inFull(lines, "refused", 415);
        time.advanceTimeBy(WINDOW);

        assertThat(written).isEqualTo(3);
        assertThat(summed).containsExactly("refused … and 412 more like it in 10 s");
    }

    @Test
    void nothing_is_told_of_a_window_in_which_every_line_was_written() {
        RepeatedLines<String> lines = lines(3, time);

        long written = inFull(lines, "refused", 3);
        time.advanceTimeBy(WINDOW);

        assertThat(written).isEqualTo(3);
        assertThat(summed).isEmpty();
    }

    @Test
    void the_next_window_writes_in_full_again() {
        RepeatedLines<String> lines = lines(3, time);
        inFull(lines, "refused", 10);
        time.advanceTimeBy(WINDOW);

        long written = inFull(lines, "refused", 5);
        time.advanceTimeBy(WINDOW);

        assertThat(written).isEqualTo(3);
        assertThat(summed)
                .containsExactly("refused … and 7 more like it in 10 s", "refused … and 2 more like it in 10 s");
    }

    @Test
    void kinds_do_not_use_up_one_anothers_lines() {
        RepeatedLines<String> lines = lines(3, time);
        inFull(lines, "refused", 10);

        assertThat(inFull(lines, "unreachable", 2)).isEqualTo(2);
    }

    @Test
    void kinds_beyond_the_most_share_one_window() {
        RepeatedLines<String> lines = lines(1, time);
        inFull(lines, "one", 1);
        inFull(lines, "two", 1);

        long written = inFull(lines, "three", 2) + inFull(lines, "four", 2);
        time.advanceTimeBy(WINDOW);

        assertThat(written).isEqualTo(1);
        assertThat(summed).containsExactly("(others) … and 3 more like it in 10 s");
    }

    @Test
    void lines_are_still_written_when_the_scheduler_was_shut_down() {
        RepeatedLines<String> lines = lines(3, time);
        time.dispose();

        assertThat(inFull(lines, "refused", 5)).isEqualTo(3);
    }

    @Test
    void what_was_left_out_is_told_at_once_when_the_gateway_stops_and_never_again() {
        var windows = new LineWindows(time);
        RepeatedLines<String> lines = lines(3, windows);
        inFull(lines, "refused", 10);
        inFull(lines, "unreachable", 2);

        windows.close();

        assertThat(summed).containsExactly("refused … and 7 more like it in 10 s");
        time.advanceTimeBy(WINDOW);
        assertThat(summed).hasSize(1);
    }

    @Test
    void lines_are_still_written_after_the_gateway_stopped() {
        var windows = new LineWindows(time);
        RepeatedLines<String> lines = lines(3, windows);
        windows.close();

        assertThat(inFull(lines, "refused", 5)).isEqualTo(3);
        windows.close();
        assertThat(summed).isEmpty();
    }

    @Test
    void no_event_of_many_threads_is_lost_between_windows() throws InterruptedException {
        var toldOf = new AtomicInteger();
        Scheduler real = Schedulers.newSingle("windows");
        var lines = new RepeatedLines<>(
                new Bounds(1, Duration.ofMillis(1), 2),
                "(others)",
                new LineWindows(real),
                (kind, more) -> toldOf.addAndGet(number(more)));
        var written = new AtomicInteger();

        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> written.addAndGet((int) inFull(lines, "refused", 50_000))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        var ended = new CountDownLatch(1);
        real.schedule(ended::countDown, 100, TimeUnit.MILLISECONDS); // after the end of every window that was opened
        ended.await();

        assertThat(written.get() + toldOf.get()).isEqualTo(200_000);
        real.dispose();
    }

    private static int number(String more) {
        return Integer.parseInt(more.split(" ", 4)[2]);
    }
}
