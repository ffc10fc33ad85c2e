package dev.sallyport.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged in this process while it is open: messages, keys, values and stacks, from debug on, and of our own
 * code every level. It is kept off the console, which would drown in it.
 */
final class LogCapture implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.sallyport");
    private final @Nullable Level rootBefore = root.getLevel();
    private final @Nullable Level oursBefore = ours.getLevel();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    /** Without a lock, since what is logged prints objects that have locks of their own; stacks are written down by the reader. */
    private final UnsynchronizedAppenderBase<ILoggingEvent> appender = new UnsynchronizedAppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    LogCapture() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        root.addAppender(appender);
        loud();
    }

    /** Everything from debug on, and of our own code all. */
    void loud() {
        root.setLevel(Level.DEBUG);
        ours.setLevel(Level.TRACE);
    }

    /** All there is, of everything. */
    void loudest() {
        root.setLevel(Level.TRACE);
        ours.setLevel(Level.TRACE);
    }

    /** What operators see by default. */
    void quiet() {
        root.setLevel(Level.WARN);
        ours.setLevel(Level.INFO);
    }

    /** What operators see who have everything told from info on. */
    void informed() {
        root.setLevel(Level.INFO);
        ours.setLevel(Level.INFO);
    }

    /** What was logged since the last reading. */
    String taken() {
        var all = new StringBuilder();
        for (ILoggingEvent event = events.poll(); event != null; event = events.poll()) {
            all.append(text(event)).append('\n');
        }
        return all.toString();
    }

    private static String text(ILoggingEvent event) {
        String stack = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                + event.getMDCPropertyMap() + " " + event.getLevel() + " " + stack;
    }

    @Override
    public void close() {
        ours.setLevel(oursBefore);
        root.setLevel(rootBefore);
        root.detachAppender(appender);
        others.forEach(root::addAppender);
    }
}
