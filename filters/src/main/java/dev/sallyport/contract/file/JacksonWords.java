package dev.sallyport.contract.file;

import tools.jackson.core.JacksonException;

/** What the library says of a text that it cannot read, without what it says of itself: its settings, and the text's origin. */
public final class JacksonWords {
    private JacksonWords() {}

    public static String of(JacksonException broken) {
        return broken.getOriginalMessage()
                .replaceFirst(" \\(start marker at.*", "")
                .replaceFirst(" \\(not recognized as one since.*", "")
                .replaceFirst(", from `[^`]*`", "")
                .replaceFirst(" \\(bound as .*", "");
    }
}
