package dev.sallyport.kept;

import java.util.Locale;

/** Hears of replies that are given once more; metrics and logs. Must not block. */
public interface KeptEvents {
    /** What became of a call whose reply may be one that was kept. */
    enum Kept {
        /** A kept reply was given, as good as one of the provider's. */
        FRESH,
        /** A kept reply was given because the provider gives none. */
        STALE,
        /** None was kept for this call: of session keys, the provider is asked; otherwise its failure is told. */
        NONE,
        /** The provider refused credentials, so what was kept for them was forgotten. */
        FORGOTTEN;

        /** As metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A call whose reply may be one that was kept. */
    void kept(String operation, Kept what);
}
