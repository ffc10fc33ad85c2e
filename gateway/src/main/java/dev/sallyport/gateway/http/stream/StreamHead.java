package dev.sallyport.gateway.http.stream;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head of a stream one of HTTP/1.1, which is then believed, or not, as any other is. What HTTP/2 itself forbids (RFC 9113,
 * 8.2 and 8.3), or would have another reader see another request, marks it as not decoded. Of this, the codec ends some streams
 * before a head comes here. A pure function.
 */
final class StreamHead {
    private static final String METHOD = ":method";
    private static final String PATH = ":path";
    private static final String SCHEME = ":scheme";
    private static final String AUTHORITY = ":authority";
    private static final Set<String> PSEUDO = Set.of(METHOD, PATH, SCHEME, AUTHORITY);
    private static final Set<String> SCHEMES = Set.of("https", "http");
    /** Fields that belong to a connection of HTTP/1.1, which there is none of. */
    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    /** Between name and value, and behind it. */
    private static final int AROUND_FIELD = 4;

    private final int longestLine;
    private final int headerLimit;

    /**
     * Heads of a size.
     *
     * @param longestLine method and path, in bytes
     * @param headerLimit all fields together, in bytes
     */
    StreamHead(int longestLine, int headerLimit) {
        this.longestLine = longestLine;
        this.headerLimit = headerLimit;
    }

    /** What a head says. */
    private static final class Parts {
        private final Map<String, String> pseudo = new HashMap<>();
        private final HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        private int size;

        private HttpHeaders fields() {
            return request.headers();
        }

        private String pseudo(String name) {
            return pseudo.getOrDefault(name, "");
        }
    }

    /**
     * The request.
     *
     * @param isWhole whether no body follows
     */
    HttpRequest request(Http2Headers head, boolean isWhole) {
        var parts = new Parts();
        try {
            head.forEach(field ->
                    add(parts, field.getKey().toString(), field.getValue().toString()));
            complete(parts, isWhole);
        } catch (IllegalArgumentException | TooLongHttpHeaderException | TooLongHttpLineException malformed) {
            parts.request.setDecoderResult(DecoderResult.failure(malformed));
        }
        return parts.request;
    }

    private void add(Parts parts, String name, String value) {
        if (name.startsWith(":")) {
            require(PSEUDO.contains(name) && parts.fields().isEmpty(), "a pseudo-header field that is not known here");
            require(parts.pseudo.put(name, value) == null, "a pseudo-header field twice");
            return;
        }
        parts.size += name.length() + value.length() + AROUND_FIELD;
        if (parts.size > headerLimit) {
            throw new TooLongHttpHeaderException("the fields are too large");
        }
        require(isLowerCase(name), "a name in capitals");
        require(value.strip().length() == value.length(), "space around a value");
        require(!OF_CONNECTION.contains(name), "a field of a connection");
        require(!name.equals("te") || value.equals("trailers"), "a transfer coding");
        if (name.equals("cookie")
                && parts.fields().contains(name)) { // one field, cut for compression (RFC 9113, 8.2.3)
            parts.fields().set(name, parts.fields().get(name) + "; " + value);
        } else {
            parts.fields().add(name, value); // refuses what is no name and no value
        }
    }

    private void complete(Parts parts, boolean isWhole) {
        String method = parts.pseudo(METHOD);
        String path = parts.pseudo(PATH);
        if (method.length() + path.length() + HttpVersion.HTTP_1_1.text().length() + 2 > longestLine) {
            throw new TooLongHttpLineException("the path is too long");
        }
        parts.request.setMethod(HttpMethod.valueOf(method)); // refuses what is none
        if (!HttpMethod.CONNECT.equals(parts.request.method())) { // whose head has other parts, and which is not served
            require(SCHEMES.contains(parts.pseudo(SCHEME)), "no scheme");
            require(!path.isEmpty(), "no path");
            parts.request.setUri(path);
        }
        host(parts.fields(), parts.pseudo.get(AUTHORITY));
        length(parts.fields(), isWhole);
    }

    /** The authority stands for the field, and none may say another (RFC 9113, 8.3.1). */
    private static void host(HttpHeaders fields, @Nullable String authority) {
        if (authority != null) {
            for (String host : fields.getAll(HttpHeaderNames.HOST)) {
                require(host.equals(authority), "a Host that is not the authority");
            }
            fields.set(HttpHeaderNames.HOST, authority);
        }
    }

    private static void length(HttpHeaders fields, boolean isWhole) {
        var lengths = fields.getAll(HttpHeaderNames.CONTENT_LENGTH);
        boolean isSaid = !lengths.isEmpty();
        require(lengths.size() <= 1, "a length twice");
        require(!isSaid || LENGTH.matcher(lengths.get(0)).matches(), "a length that is none");
        require(!isSaid || !isWhole || Long.parseLong(lengths.get(0)) == 0, "a length, and no body");
        if (!isSaid && !isWhole) {
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    private static boolean isLowerCase(String name) {
        return name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
    }

    /** Of what a caller sent, nothing is repeated. */
    private static void require(boolean is, String otherwise) {
        if (!is) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
