package dev.sallyport.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The store did not answer as it should. Expected, so it has no stack of its own; the cause has one. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** Why. */
    public enum Fault {
        /** There is no connection; nothing was sent. */
        DISCONNECTED,
        /** Too many commands wait for their answers; nothing was sent. */
        TOO_MANY,
        /** No answer came in time; it may have been carried out. */
        TIMED_OUT,
        /** The store answered with an error or with nonsense, or the connection broke; it may have been carried out. */
        FAILED;

        /** As metrics and logs call it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StoreFailure(Fault fault, @Nullable Throwable cause) {
        super("the store did not answer: " + fault.label(), cause, false, false);
        this.fault = fault;
    }

    /** An answer that is none: not of the script that was sent, or of another version of it. */
    public static StoreFailure of(String answer) {
        return new StoreFailure(Fault.FAILED, new IllegalStateException("the store answered " + answer));
    }

    /** What failed, in a word: of the store, its fault. */
    public static String word(Throwable failure) {
        return failure instanceof StoreFailure known
                ? known.fault.label()
                : failure.getClass().getName();
    }

    public Fault fault() {
        return fault;
    }
}
