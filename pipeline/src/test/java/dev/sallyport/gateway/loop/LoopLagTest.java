package dev.sallyport.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoopLagTest {
    private static final long A_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** With a thread that may be held up: BlockHound allows it to no event loop. */
    private final DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(1, Thread::new);

    private final LoopLag lag = new LoopLag(loops);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    @Test
    void a_loop_that_is_held_up_is_seen_from_outside_while_it_is() throws Exception {
        var free = new CountDownLatch(1);
        Future<?> held = loops.next().submit(() -> {
            free.await();
            return null;
        });

        await().atMost(Duration.ofSeconds(30)).until(() -> lag.worst() > A_SECOND);
        free.countDown();
        held.get();

        await().atMost(Duration.ofSeconds(30)).until(() -> lag.worst() < A_SECOND);
    }

    @Test
    void a_single_late_turn_is_not_held_against_a_loop() throws Exception {
        var loop = loops.next();
        var free = new CountDownLatch(1);
        Future<?> held = loop.submit(() -> {
            free.await();
            return null;
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> lag.worst() > 2 * A_SECOND);

        free.countDown();
        held.get();

        assertThat(loop.submit(LoopLag::here).get()).isLessThan(2 * A_SECOND);
    }

    @Test
    void other_threads_have_no_lag() {
        assertThat(LoopLag.here()).isZero();
    }
}
