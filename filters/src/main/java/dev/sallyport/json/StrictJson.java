package dev.sallyport.json;

import dev.sallyport.call.Reading.Unreadable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * JSON as one may trust two parsers to read it alike: UTF-8 without a byte order mark and without malformed sequences, no
 * duplicate names (escaped spellings included), no escaped half of a surrogate pair, bounded depth and lengths (RFC 8259 with
 * the restrictions of RFC 7493).
 */
public final class StrictJson {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;
    /** Seven bytes that are not zero, above one that is looked at. */
    private static final long FILLED = LOW_BITS & ~0xFFL;

    /** As doubles, numbers out of their range would become infinite, which no comparison takes. */
    private static final int LONGEST_NAME = 256;

    private static final int LONGEST_NUMBER = 100;

    private final int maxDepth;
    private final JsonFactory factory;
    private final JsonFactory namesUnwatched;

    /**
     * A reader with bounds.
     *
     * @param maxDepth how deep objects and arrays may nest
     */
    public StrictJson(int maxDepth) {
        this.maxDepth = maxDepth;
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNameLength(LONGEST_NAME)
                .maxNumberLength(LONGEST_NUMBER)
                .build();
        this.factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .build();
        this.namesUnwatched = factory.rebuild()
                .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** How deep objects and arrays may nest. */
    public int maxDepth() {
        return maxDepth;
    }

    /** A parser of what has no {@link #textProblem}; the caller sees to it that nothing is behind the value. */
    public JsonParser parser(byte[] body) {
        return factory.createParser(ObjectReadContext.empty(), body);
    }

    /** The same for a reader that sees to duplicate names itself, and tells them by {@link #duplicate}. */
    public JsonParser parserOfAnyNames(byte[] body) {
        return namesUnwatched.createParser(ObjectReadContext.empty(), body);
    }

    /** A small document as a tree; null if it is anything but one strict JSON value. */
    public @Nullable JsonNode tree(byte[] body) {
        if (textProblem(body) != null) {
            return null;
        }
        try (JsonParser parser = parser(body)) {
            JsonNode tree = Trees.read(parser);
            return tree == null || parser.nextToken() != null ? null : tree;
        } catch (JacksonException | ArithmeticException | NumberFormatException broken) {
            return null;
        }
    }

    /** Two members of one object have the name that the parser is at. */
    static JacksonException duplicate(JsonParser parser) {
        return new DuplicateName(parser);
    }

    private static final class DuplicateName extends StreamReadException {
        private static final long serialVersionUID = 1L;

        DuplicateName(JsonParser parser) {
            super(parser, "a name stands twice");
        }
    }

    /** Why the bytes are not Unicode text, escapes included; null if they are. Almost all bodies end after the one loop. */
    public static @Nullable Unreadable textProblem(byte[] body) {
        long bits = 0;
        long escapes = 0;
        int index = 0;
        for (int last = body.length - Long.BYTES; index <= last; index += Long.BYTES) {
            long eight = (long) EIGHT_BYTES.get(body, index);
            bits |= eight;
            escapes |= zeros(eight ^ BACKSLASHES);
        }
        for (; index < body.length; index++) {
            bits |= body[index];
            escapes |= zeros((body[index] ^ '\\') | FILLED);
        }
        @Nullable Unreadable problem = (bits & HIGH_BITS) == 0 ? null : utf8Problem(body);
        return problem == null && escapes != 0 ? surrogateProblem(body) : problem;
    }

    /** Not zero if one of eight bytes is: nearly every body is plain ASCII, and all of it is looked at. */
    private static long zeros(long eight) {
        return (eight - LOW_BITS) & ~eight & HIGH_BITS;
    }

    /** Half a character is read as another one by every parser, so that two names may become one. */
    private static @Nullable Unreadable surrogateProblem(byte[] body) {
        int at = 0;
        while (at < body.length) {
            if (body[at] != '\\') {
                at++;
            } else if (isHalf(body, at, "89ab") && isHalf(body, at + 6, "cdef")) {
                at += 12;
            } else if (isHalf(body, at, "89abcdef")) {
                return new Unreadable("contains an unpaired surrogate", at);
            } else {
                at += 2;
            }
        }
        return null;
    }

    /** Whether an escape such as {@code \\ud800} starts here, with one of these digits after the d. */
    private static boolean isHalf(byte[] body, int at, String digits) {
        return at + 3 < body.length
                && body[at] == '\\'
                && body[at + 1] == 'u'
                && (body[at + 2] | 0x20) == 'd'
                && digits.indexOf(body[at + 3] | 0x20) >= 0;
    }

    private static @Nullable Unreadable utf8Problem(byte[] body) {
        var input = ByteBuffer.wrap(body);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(input);
            return null;
        } catch (CharacterCodingException malformed) {
            return new Unreadable("is not well-formed UTF-8", input.position());
        }
    }

    /** What is wrong, in words that hold nothing of the document. */
    public static Unreadable problem(JacksonException failure) {
        var location = failure.getLocation();
        return new Unreadable(words(failure), location == null ? -1 : location.getByteOffset());
    }

    /** A number whose exponent no arithmetic takes. */
    public static Unreadable absurdNumber() {
        return new Unreadable("has a number that is out of all bounds", -1);
    }

    private static String words(JacksonException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "nests too deep, or has a name or number that is too long";
        }
        if (failure instanceof UnexpectedEndOfInputException) {
            return "is not JSON: it ends too early";
        }
        String message = failure.getOriginalMessage();
        boolean duplicate = failure instanceof DuplicateName
                || (message != null && message.toLowerCase(Locale.ROOT).startsWith("duplicate "));
        return duplicate ? "has two members of the same name in one object" : "is not JSON";
    }
}
