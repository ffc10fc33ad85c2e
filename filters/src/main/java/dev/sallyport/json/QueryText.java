package dev.sallyport.json;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A query as every parser reads it: {@code name=value}, joined by {@code &}, percent-encoded UTF-8 with {@code +} for a space
 * (WHATWG URL, 5). What some parsers read otherwise, a bare semicolon or half an escape, is no query.
 */
public final class QueryText {
    private QueryText() {}

    /** Something that two parsers could read differently; where, and what, without a value. */
    public static final class Doubtful extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Doubtful(String what, int offset) {
            super(what, null, false, false);
            this.offset = offset;
        }

        public String what() {
            return String.valueOf(getMessage());
        }

        public int offset() {
            return offset;
        }
    }

    /** The query of a request target; empty if it has none. */
    public static byte[] of(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? new byte[0] : target.substring(mark + 1).getBytes(StandardCharsets.UTF_8);
    }

    /** A query that names these parameters, each with its values. */
    public static byte[] of(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> encoded(each.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One parameter, decoded; the value is empty if there is no equals sign. */
    public record Parameter(String name, String value) {}

    /**
     * The parameters of a query in their order, decoded.
     *
     * @param query what stands behind the question mark, as it was written
     * @throws Doubtful if anything in it could be read in two ways
     */
    public static List<Parameter> parameters(byte[] query) throws Doubtful {
        List<Parameter> parameters = new ArrayList<>();
        int from = 0;
        while (from < query.length) {
            int end = indexOf('&', query, from, query.length);
            int equals = indexOf('=', query, from, end);
            if (from < end) {
                parameters.add(
                        new Parameter(decoded(query, from, equals), decoded(query, Math.min(equals + 1, end), end)));
            }
            from = end + 1;
        }
        return parameters;
    }

    private static int indexOf(char wanted, byte[] query, int from, int to) {
        int at = from;
        while (at < to && query[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The text between two places of a query, decoded. */
    public static String decoded(byte[] query, int from, int to) throws Doubtful {
        var plain = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            byte b = query[at];
            plain.write(b == '%' ? escaped(query, at, to) : b == '+' ? ' ' : plain(b, at));
            at += b == '%' ? 3 : 1;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain.toByteArray()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Doubtful("is not well-formed UTF-8", from);
        }
    }

    private static int plain(byte b, int at) throws Doubtful {
        if (b == ';') {
            throw new Doubtful("has a semicolon that is not percent-encoded", at);
        }
        if (b <= ' ' || b == 127) {
            throw new Doubtful("has a character that is not percent-encoded", at);
        }
        return b;
    }

    private static int escaped(byte[] query, int at, int to) throws Doubtful {
        int high = at + 2 < to ? Character.digit(query[at + 1], 16) : -1;
        int low = at + 2 < to ? Character.digit(query[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new Doubtful("has a percent sign that is followed by no two hexadecimal digits", at);
        }
        return high << 4 | low;
    }
}
