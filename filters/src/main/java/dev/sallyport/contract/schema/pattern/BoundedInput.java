package dev.sallyport.contract.schema.pattern;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much matching one document may take: characters times steps, over all its texts and all patterns that they are held
 * against, so that no body keeps an event loop busy, whatever it consists of. The library hands nothing on to a pattern but
 * the text; it works on one thread, so the work that is left is kept with the thread meanwhile.
 */
public final class BoundedInput {
    /** About a tenth of a second at the very worst. */
    static final long MOST = 2_000_000;

    private static final ThreadLocal<@Nullable BoundedInput> OF_DOCUMENT = new ThreadLocal<>();

    private long left = MOST;

    private BoundedInput() {}

    /** Internal: there is no answer that would be safe, since the pattern may stand under a {@code not}. */
    public static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("the texts are too long for their patterns", null, false, false);
        }
    }

    /** Judges one document with work of its own; a {@link TooMuch} comes out of it where that is used up. */
    public static <T> T ofDocument(Supplier<T> judged) {
        OF_DOCUMENT.set(new BoundedInput());
        try {
            return judged.get();
        } finally {
            OF_DOCUMENT.remove();
        }
    }

    /** Takes what matching a text needs; outside a document each text has all of it. */
    static void take(int characters, int steps) {
        @Nullable BoundedInput document = OF_DOCUMENT.get();
        BoundedInput work = document == null ? new BoundedInput() : document;
        work.left -= (characters + 1L) * steps; // an empty text is looked at, too
        if (work.left < 0) {
            throw new TooMuch();
        }
    }
}
