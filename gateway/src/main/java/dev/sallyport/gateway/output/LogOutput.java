package dev.sallyport.gateway.output;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import dev.sallyport.config.LogFormat;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;

/**
 * The console, while the gateway runs: behind a bounded queue, in the form of the settings. Before and after, lines are written
 * at once, so that a failed start and the end are told whole. A log that the operator sends elsewhere is left alone.
 */
public final class LogOutput implements MeterBinder, AutoCloseable {
    private final Logger root;
    private final @Nullable ConsoleAppender<ILoggingEvent> console;
    private final @Nullable BoundedAppender queue;

    private LogOutput(Logger root, @Nullable ConsoleAppender<ILoggingEvent> console) {
        this.root = root;
        this.console = console;
        this.queue = console == null ? null : new BoundedAppender(console);
    }

    /** Takes the console of this process, if it has one that nothing has taken. */
    public static LogOutput of(LogFormat format) {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        @Nullable ConsoleAppender<ILoggingEvent> console = console(root);
        var output = new LogOutput(root, console);
        output.begin(format);
        return output;
    }

    private static @Nullable ConsoleAppender<ILoggingEvent> console(Logger root) {
        Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof ConsoleAppender<ILoggingEvent> console) {
                return console;
            }
        }
        return null;
    }

    private void begin(LogFormat format) {
        if (console == null || queue == null) {
            return;
        }
        if (format != LogFormat.TEXT) {
            console.setEncoder(encoder(format, console.getContext()));
        }
        queue.start();
        root.addAppender(queue);
        root.detachAppender(console);
    }

    static Encoder<ILoggingEvent> encoder(LogFormat format, Context context) {
        var encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format == LogFormat.ECS ? "ecs" : LogfmtFormat.class.getName());
        encoder.start();
        return encoder;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("sallyport.log.lines.dropped", this, LogOutput::dropped)
                .description("Lines of the log that found its queue full")
                .register(registry);
    }

    private double dropped() {
        return queue == null ? 0 : queue.dropped();
    }

    /** Writes what waits, and goes on without a queue. */
    @Override
    public void close() {
        if (console != null && queue != null) {
            root.addAppender(console);
            root.detachAppender(queue);
            queue.stop();
        }
    }
}
