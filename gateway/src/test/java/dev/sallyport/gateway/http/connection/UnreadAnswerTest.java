package dev.sallyport.gateway.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Until when what was written counts as unread, and what becomes of it. */
final class UnreadAnswerTest {
    private final UnreadAnswers all = new UnreadAnswers(100);
    private final List<ConnectionEvents.Cut> cuts = new ArrayList<>();
    private final EmbeddedChannel channel = clockedChannel();
    private final ChannelHandlerContext here = channel.pipeline().firstContext();
    private final UnreadAnswer unread = new UnreadAnswer(all, Duration.ofSeconds(1), new Cuts(), () -> {});

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void what_the_network_takes_at_once_is_never_noted() {
        write(50).setSuccess();
        unread.flushed(here);

        assertThat(all.bytes()).isZero();
    }

    @Test
    void what_waits_counts_until_it_was_taken() {
        ChannelPromise written = write(50);
        unread.flushed(here);
        assertThat(all.bytes()).isEqualTo(50);

        written.setSuccess();

        assertThat(all.bytes()).isZero();
    }

    /** Before, both the count and the timer were left, and the next answer that had to wait was cut in its first moment. */
    @Test
    void what_was_taken_while_more_was_written_counts_no_more_and_has_no_deadline() {
        ChannelPromise first = write(50);
        unread.flushed(here);
        ChannelPromise second = write(20);
        first.setSuccess();
        second.setSuccess();
        unread.flushed(here);
        assertThat(all.bytes()).isZero();

        later(900);
        waits(30);
        later(900);

        assertThat(cuts).isEmpty();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void what_waits_too_long_is_cut() {
        waits(50);
        later(1000);

        assertThat(cuts).containsExactly(ConnectionEvents.Cut.TOO_SLOW);
        assertThat(channel.isActive()).isFalse();
        assertThat(unread.wasCut()).isTrue();
    }

    private static EmbeddedChannel clockedChannel() {
        var channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        channel.freezeTime();
        return channel;
    }

    private ChannelPromise write(int bytes) {
        ChannelPromise promise = channel.newPromise();
        unread.write(Unpooled.wrappedBuffer(new byte[bytes]), promise);
        return promise;
    }

    private void waits(int bytes) {
        unread.write(Unpooled.wrappedBuffer(new byte[bytes]), channel.newPromise());
        unread.flushed(here);
    }

    private void later(int millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private final class Cuts implements ConnectionEvents {
        @Override
        public void refused(Refused why) {}

        @Override
        public void cut(Cut why) {
            cuts.add(why);
        }

        @Override
        public void acceptFailed(Throwable cause) {}

        @Override
        public void errorDropped(Throwable error) {}

        @Override
        public void answerFailed(Throwable bug) {}
    }
}
