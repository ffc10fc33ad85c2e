package dev.sallyport.tools.openapi.document;

import dev.sallyport.contract.file.Printable;

/**
 * One thing that the pack does not say as the document does.
 *
 * @param pointer where it stands in the document
 * @param what what it is, and why
 */
public record Note(Kind kind, String pointer, String what) {
    /** What became of it. */
    public enum Kind {
        /** The pack says nothing of it. */
        LEFT_OUT("left out"),
        /** The pack says something else, which is nearest to it. */
        TAKEN_AS("taken as"),
        /** Something that the document does not say, and options of the import do. */
        ASKED("asks"),
        /** An example that its own contract refuses, or cannot hold. */
        EXAMPLE("example");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    @Override
    public String toString() {
        return kind + "  #" + Printable.of(pointer + ": " + what);
    }
}
