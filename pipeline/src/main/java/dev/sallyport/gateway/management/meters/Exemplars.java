package dev.sallyport.gateway.management.meters;

import dev.sallyport.call.CallSpan;
import org.jspecify.annotations.Nullable;

/**
 * Whose measurements are being recorded on this thread, for meters that keep the trace of one of them beside a count. Set for the
 * moment of recording alone, since a call belongs to no thread. Thread-safe.
 */
public final class Exemplars {
    @SuppressWarnings("ThreadLocalUsage") // one for each gateway, and no state is static
    private final ThreadLocal<@Nullable CallSpan> current = new ThreadLocal<>();

    /** Those of a call that is recorded. */
    void begin(CallSpan span) {
        current.set(span);
    }

    /** No call's any more. */
    void end() {
        current.remove();
    }

    /** The call's span; null if there is none, or if it is not recorded. */
    public @Nullable CallSpan current() {
        return current.get();
    }
}
