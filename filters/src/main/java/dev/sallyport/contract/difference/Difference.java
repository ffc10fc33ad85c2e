package dev.sallyport.contract.difference;

import dev.sallyport.contract.file.Printable;

/**
 * One thing that a pack promises otherwise than another one.
 *
 * @param place the JSON Pointer of a catalog, or the file of a schema with one
 * @param what what it is, and what it was
 * @param protects whether it is a part of what holds sessions and tokens to the right caller, or keeps their values secret
 */
public record Difference(Kind kind, String place, String what, boolean protects) {
    /** What it leads to. */
    public enum Kind {
        /** More is refused. */
        TIGHTENED("tightened"),
        /** Less is refused. */
        LOOSENED("loosened"),
        /** Something that was not there. */
        ADDED("added"),
        /** Something that is no longer there. */
        REMOVED("removed"),
        /** Something else is refused, or nothing else: it cannot be told. */
        CHANGED("changed");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    /** Whether less may be protected than before. */
    public boolean isWarning() {
        return protects && (kind == Kind.LOOSENED || kind == Kind.REMOVED || kind == Kind.CHANGED);
    }

    /** For the middle of a line. */
    public String words() {
        return kind + " " + Printable.of(place + ": " + what);
    }

    /** A line for a person. */
    @Override
    public String toString() {
        return String.format("%s%-9s  %s", isWarning() ? "warning: " : "", kind, Printable.of(place + ": " + what));
    }
}
