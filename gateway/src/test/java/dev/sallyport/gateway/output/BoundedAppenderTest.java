package dev.sallyport.gateway.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A console that takes nothing holds nothing up: lines wait as far as there is room, and the rest are counted. */
@Timeout(60)
final class BoundedAppenderTest {
    private static final int TOO_MANY = 123;

    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch open = new CountDownLatch(1);
    private final Console console = new Console();
    private final BoundedAppender queue;

    BoundedAppenderTest() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        console.setContext(context);
        console.start();
        queue = new BoundedAppender(console);
        queue.start();
    }

    @AfterEach
    void stop() {
        open.countDown();
        context.stop();
    }

    @Test
    void what_finds_no_room_is_counted_and_nothing_waits() {
        log("dev.sallyport.calls", BoundedAppender.LINES + TOO_MANY);

        assertThat(queue.dropped()).isEqualTo(TOO_MANY);
        open.countDown();
        queue.stop();
        assertThat(console.written).hasSize(BoundedAppender.LINES);
    }

    @Test
    void access_lines_leave_room_for_what_goes_wrong() {
        log("dev.sallyport.access", BoundedAppender.LINES);
        long dropped = queue.dropped();
        log("dev.sallyport.calls", TOO_MANY);

        assertThat(dropped).isEqualTo(BoundedAppender.LINES / 5);
        assertThat(queue.dropped()).isEqualTo(dropped);
        open.countDown();
        queue.stop();
        assertThat(console.written).filteredOn("dev.sallyport.calls"::equals).hasSize(TOO_MANY);
    }

    private void log(String logger, int lines) {
        for (int line = 0; line < lines; line++) {
            var event = new LoggingEvent("", context.getLogger(logger), Level.INFO, "a line", null, null);
            queue.doAppend(event);
        }
    }

    private final class Console extends AppenderBase<ILoggingEvent> {
        final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            try {
                open.await();
            } catch (InterruptedException stopped) { // as the queue is when it ends; what waits is written all the same
                Thread.currentThread().interrupt();
            }
            written.add(event.getLoggerName());
        }
    }
}
