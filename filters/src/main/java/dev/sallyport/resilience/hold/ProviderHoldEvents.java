package dev.sallyport.resilience.hold;

import java.time.Duration;

/** Hears of what the provider's own limits hold back; metrics and the log. Must not block. */
public interface ProviderHoldEvents {
    /** Calls of an operation with the same credentials are held back from now on. */
    void holdBegan(String operation, Duration time);

    /** A call was not made. */
    void heldBack(String operation);
}
