package dev.sallyport.caller;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hears of proven and refused callers; metrics. Must not block. */
public interface CallerEvents {
    /** How a caller was proven. */
    enum Means {
        CERTIFICATE,
        KEY,
        TOKEN;

        /** The value of the metric's {@code by} label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A call goes on.
     *
     * @param caller its name in the settings
     */
    void proven(String caller, Means by);

    /**
     * A call is refused.
     *
     * @param caller its name in the settings; null if it was not proven
     */
    void refused(@Nullable String caller, Denial why);

    /** A refusal waits before it is told. */
    void slowedDown();
}
