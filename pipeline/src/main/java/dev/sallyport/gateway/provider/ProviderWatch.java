package dev.sallyport.gateway.provider;

import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.log.FailureWatch;
import dev.sallyport.gateway.log.FailureWatch.Words;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells in the log when the provider begins to fail, and how; and when it answers again. It does when it answers and has not
 * failed for half a minute, so that one that fails now and then is not told of call by call. Thread-safe.
 */
public final class ProviderWatch {
    private static final int SERVER_ERROR = 500;
    private static final Words WORDS =
            new Words("The provider fails", "The provider still fails", "The provider answers again");

    private final FailureWatch watch;

    /** How the provider fails. */
    enum Failure {
        /** No connection was made, or it broke before the reply was whole. */
        UNREACHABLE,
        /** The call's time was over. */
        TIMED_OUT,
        /** What came is no reply in HTTP, or too large. */
        BROKEN_REPLY,
        /** It answered with 5xx. */
        SERVER_ERROR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that hears of all exchanges with a provider. */
    public ProviderWatch() {
        this(System::nanoTime);
    }

    /** @param nanoTime a clock in nanoseconds */
    ProviderWatch(LongSupplier nanoTime) {
        this.watch = new FailureWatch(
                LoggerFactory.getLogger("dev.sallyport.provider"), WORDS, FailureWatch.QUIET, nanoTime);
    }

    /** It answered a call of an operation. */
    void answered(String operation, int status) {
        if (status >= SERVER_ERROR) {
            failed(operation, Failure.SERVER_ERROR, line -> line.addKeyValue("status", status));
        } else {
            watch.well();
        }
    }

    /** It did not answer in time. */
    void timedOut(String operation) {
        failed(operation, Failure.TIMED_OUT, UnaryOperator.identity());
    }

    /** An exchange came to nothing. */
    void failed(String operation, Failure how, Throwable cause) {
        failed(operation, how, line -> line.addKeyValue("cause", Causes.told(cause)));
    }

    private void failed(String operation, Failure how, UnaryOperator<LoggingEventBuilder> more) {
        watch.failed(
                how.label(),
                line -> more.apply(line.addKeyValue("operation", operation).addKeyValue("failure", how.label())));
    }

    @Override
    public String toString() {
        return watch.toString();
    }
}
