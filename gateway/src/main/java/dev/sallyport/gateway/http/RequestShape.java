package dev.sallyport.gateway.http;

import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.NormalPath;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request's head may be believed: the questions that Netty leaves open, on which two HTTP parsers could disagree
 * (RFC 9112, 3.2 and 6.1), and paths that are not written in their one normal way. A pure decision.
 */
final class RequestShape {
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);
    private static final int LAST_PORT = 65_535;
    private static final int MOST_PORT_DIGITS = 5;
    /** Beside what is plain in a path (RFC 3986, 3.4); and brackets, which clients send bare. */
    private static final String MORE_IN_QUERY = ";?[]";

    private RequestShape() {}

    /** Why the request goes no further; null if it may. */
    static @Nullable Rejection problem(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return EdgeRejections.malformed("The version must be HTTP/1.1 or HTTP/1.0.");
        }
        if (!METHODS.contains(request.method())) {
            return Rejection.of(Reason.METHOD_NOT_ALLOWED, "This method is not served here.");
        }
        String path = Routes.path(request.uri());
        if (!NormalPath.is(path) || !isPrintable(request.uri())) {
            return EdgeRejections.malformed(
                    "The path must be absolute and written in its normal form, without escapes.");
        }
        return isQuery(request.uri(), path.length())
                ? headProblem(request)
                : EdgeRejections.malformed(
                        "The query must be percent-encoded, each escape with two hexadecimal digits.");
    }

    private static @Nullable Rejection headProblem(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean mayLackHost = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (hosts.size() != 1 && !(mayLackHost && hosts.isEmpty())) {
            return EdgeRejections.malformed("There must be exactly one Host header.");
        }
        if (!hosts.isEmpty() && !isHost(hosts.get(0))) {
            return EdgeRejections.malformed("The Host header must be a host, with a port or without.");
        }
        if (request.headers().getAll(HttpHeaderNames.AUTHORIZATION).size() > 1) {
            return EdgeRejections.malformed("There must be at most one Authorization header.");
        }
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean chunkedOnly = codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
        if (!codings.isEmpty() && !chunkedOnly) {
            return EdgeRejections.malformed("The only transfer coding that is understood is chunked.");
        }
        return null;
    }

    private static Rejection undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return Rejection.of(Reason.HEADERS_TOO_LARGE, "The request's header fields are too large.");
        }
        return cause instanceof TooLongHttpLineException
                ? Rejection.of(Reason.HEADERS_TOO_LARGE, "The request line is too long.")
                : EdgeRejections.malformed("The request is not well-formed HTTP.");
    }

    /** What Spring could make no URI of, it would answer itself, and not in the provider's shape. */
    private static boolean isQuery(String target, int from) {
        for (int index = from; index < target.length(); index++) {
            char c = target.charAt(index);
            boolean plain = NormalPath.isPlain(c) || MORE_IN_QUERY.indexOf(c) >= 0;
            if (!plain && !(c == '%' && isHex(target, index + 1) && isHex(target, index + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String target, int at) {
        return at < target.length() && Character.digit(target.charAt(at), 16) >= 0;
    }

    /**
     * A name or an address, with a port or without (RFC 9112, 3.2). What Reactor Netty or Spring could make no address of, they
     * would answer themselves, and not in the provider's shape.
     */
    private static boolean isHost(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : nameEnd(host);
        boolean isWritten = host.startsWith("[") ? isBracketed(host, end) : end > 0;
        return isWritten && (end == host.length() || isPort(host, end));
    }

    private static int nameEnd(String host) {
        int end = 0;
        while (end < host.length() && isOfName(host.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._~-".indexOf(c) >= 0;
    }

    /** An address of IPv6, without a zone. */
    private static boolean isBracketed(String host, int end) {
        return end > 0 && host.indexOf('%') < 0 && NetUtil.isValidIpV6Address(host.substring(1, end - 1));
    }

    /** A colon, and one to five digits. */
    private static boolean isPort(String host, int from) {
        int port = 0;
        for (int index = from + 1; index < host.length(); index++) {
            char c = host.charAt(index);
            if (c < '0' || c > '9' || index > from + MOST_PORT_DIGITS) {
                return false;
            }
            port = 10 * port + c - '0';
        }
        return host.charAt(from) == ':' && host.length() > from + 1 && port <= LAST_PORT;
    }

    private static boolean isPrintable(String target) {
        for (int index = 0; index < target.length(); index++) {
            char c = target.charAt(index);
            if (c <= ' ' || c >= 127 || c == '#') {
                return false;
            }
        }
        return true;
    }
}
