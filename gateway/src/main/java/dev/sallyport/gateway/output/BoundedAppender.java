package dev.sallyport.gateway.output;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Logback's asynchronous appender, which counts what it drops: a line that finds the queue full. Access lines find it full a
 * fifth earlier, so that what goes wrong still has room. What waits at a stop is written, for at most five seconds.
 */
final class BoundedAppender extends AsyncAppender {
    static final int LINES = 8192;

    private static final int LINES_OF_ACCESS = LINES - LINES / 5;
    private static final String ACCESS = "dev.sallyport.access";
    private static final int GRACE_MILLIS = 5000;

    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    BoundedAppender(Appender<ILoggingEvent> output) {
        setContext(output.getContext());
        setName("bounded");
        setQueueSize(LINES);
        setNeverBlock(true);
        setDiscardingThreshold(0);
        setMaxFlushTime(GRACE_MILLIS);
        var counted = new Counted(output);
        counted.setContext(output.getContext());
        counted.start();
        addAppender(counted);
    }

    /** A place is taken first, so that the queue behind it never is full. */
    @Override
    protected void append(ILoggingEvent event) {
        int most = ACCESS.equals(event.getLoggerName()) ? LINES_OF_ACCESS : LINES;
        if (waiting.incrementAndGet() > most) {
            drop();
            return;
        }
        try {
            super.append(event);
        } catch (RuntimeException unprintable) { // as an argument whose text cannot be made; the appender tells of it
            drop();
            throw unprintable;
        }
    }

    private void drop() {
        waiting.decrementAndGet();
        dropped.increment();
    }

    long dropped() {
        return dropped.sum();
    }

    /** Gives the place back when the line was written. */
    private final class Counted extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final Appender<ILoggingEvent> output;

        Counted(Appender<ILoggingEvent> output) {
            this.output = output;
        }

        @Override
        protected void append(ILoggingEvent event) {
            try {
                output.doAppend(event);
            } finally {
                waiting.decrementAndGet();
            }
        }
    }
}
