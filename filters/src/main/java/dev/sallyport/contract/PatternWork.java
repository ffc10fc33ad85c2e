package dev.sallyport.contract;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much matching one document may take: characters times steps, over all its texts and all patterns that they are held
 * against, so that no body keeps an event loop busy, whatever it consists of. The library hands nothing on to a pattern but
 * the text; it works on one thread, so the work that is left is kept with the thread meanwhile.
 */
final class PatternWork {
    /** About a tenth of a second at the very worst. */
    static final long MOST = 2_000_000;

    private static final ThreadLocal<@Nullable PatternWork> OF_DOCUMENT = new ThreadLocal<>();

    private long left = MOST;

    private PatternWork() {}

    /** Internal: there is no answer that would be safe, since the pattern may stand under a {@code not}. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("the texts are too long for their patterns", null, false, false);
        }
    }

    /** Judges one document with work of its own; a {@link TooMuch} comes out of it where that is used up. */
    static <T> T ofDocument(Supplier<T> judged) {
        OF_DOCUMENT.set(new PatternWork());
        try {
            return judged.get();
        } finally {
            OF_DOCUMENT.remove();
        }
    }

    /** Takes what matching a text needs; outside a document each text has all of it. */
    static void take(int characters, int steps) {
        @Nullable PatternWork document = OF_DOCUMENT.get();
        PatternWork work = document == null ? new PatternWork() : document;
        work.left -= (characters + 1L) * steps; // an empty text is looked at, too
        if (work.left < 0) {
            throw new TooMuch();
        }
    }
}
