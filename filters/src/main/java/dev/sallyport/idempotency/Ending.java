package dev.sallyport.idempotency;

import java.time.Duration;

/** How a claim ends. */
public sealed interface Ending {
    /**
     * The call succeeded.
     *
     * @param kept how long the answer is of use; that there was one is remembered for longer
     */
    record Succeeded(SealedAnswer answer, Duration kept) implements Ending {}

    /** The call may have been carried out. */
    record Unknown() implements Ending {}

    /** The call was not carried out: its key is free again. */
    record NoEffect() implements Ending {}
}
