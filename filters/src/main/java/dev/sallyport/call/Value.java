package dev.sallyport.call;

import java.util.Arrays;

/**
 * One value picked out of a document while it was read. Scalars are kept as text; objects and arrays as the bytes they were
 * written in. Never printed: a value may be a token.
 */
public final class Value {
    /** The JSON types, and absence. */
    public enum Kind {
        MISSING,
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT
    }

    public static final Value MISSING = new Value(Kind.MISSING, "", new byte[0], 0, 0);

    /** Something is there that could not be read: present, and the same as nothing. What is compared with it differs. */
    public static final Value UNREADABLE = new Value(Kind.STRING, "?", MISSING.source, 0, 0);

    private final Kind kind;
    private final String text;
    private final byte[] source;
    private final int from;
    private final int to;

    private Value(Kind kind, String text, byte[] source, int from, int to) {
        this.kind = kind;
        this.text = text;
        this.source = source;
        this.from = from;
        this.to = to;
    }

    public static Value scalar(Kind kind, String text) {
        return new Value(kind, text, MISSING.source, 0, 0);
    }

    /** An object or array: a part of the document that it was read from, which is not changed any more. */
    public static Value container(Kind kind, byte[] source, int from, int to) {
        return new Value(kind, "", source, from, to);
    }

    public Kind kind() {
        return kind;
    }

    /** The text of a string, number or boolean; empty for all else. */
    public String text() {
        return text;
    }

    /** The bytes of an object or array as written, white space included. */
    public byte[] json() {
        return Arrays.copyOfRange(source, from, to);
    }

    /** How many bytes {@link #json} has. */
    public int jsonLength() {
        return to - from;
    }

    /** Whether there is something here: absent, null and the empty string all mean "none" to the providers we front. */
    public boolean isPresent() {
        return kind != Kind.MISSING && kind != Kind.NULL && !(kind == Kind.STRING && text.isEmpty());
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
