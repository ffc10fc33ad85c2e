package dev.sallyport.call;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value picked out of a document while it was read. Scalars are kept as text, or as the bytes that are this text, of which
 * it is made when it is asked for; objects and arrays as the bytes they were written in. Never printed: a value may be a token.
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
    private @Nullable String text; // made of the same bytes by each thread that asks
    private final byte[] source;
    private final int from;
    private final int to;

    private Value(Kind kind, @Nullable String text, byte[] source, int from, int to) {
        this.kind = kind;
        this.text = text;
        this.source = source;
        this.from = from;
        this.to = to;
    }

    public static Value scalar(Kind kind, String text) {
        return new Value(kind, text, MISSING.source, 0, 0);
    }

    /** A string or number: a part of the document that it was read from, in UTF-8 and without an escape. */
    public static Value written(Kind kind, byte[] source, int from, int to) {
        return new Value(kind, null, source, from, to);
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
        String known = text;
        if (known == null) {
            known = new String(source, from, to - from, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** What {@link #text} gives, in UTF-8. */
    public byte[] utf8() {
        String known = text;
        return known == null ? Arrays.copyOfRange(source, from, to) : known.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the texts are the same. */
    public boolean hasTextOf(Value other) {
        boolean unmade = text == null && other.text == null;
        return unmade
                ? Arrays.equals(source, from, to, other.source, other.from, other.to)
                : text().equals(other.text());
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
        return kind != Kind.MISSING && kind != Kind.NULL && !(kind == Kind.STRING && isEmptyText());
    }

    private boolean isEmptyText() {
        String known = text;
        return known == null ? from == to : known.isEmpty();
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
