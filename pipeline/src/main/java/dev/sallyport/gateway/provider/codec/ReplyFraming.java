package dev.sallyport.gateway.provider.codec;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reply says in one way only where it ends (RFC 9112, 6). A reply that two parsers could end at different places
 * could be followed by bytes that one of them takes for the reply to another call. A pure decision.
 */
final class ReplyFraming {
    private static final String CHUNKED = "chunked";

    private ReplyFraming() {}

    /** Why a final reply cannot be believed, judged by its head; null if it can. */
    static @Nullable BrokenReply problem(HttpResponse head) {
        int status = head.status().code();
        if (status == 101) {
            return new BrokenReply("status", "must not switch protocols, which was not asked for");
        }
        HttpHeaders headers = head.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        boolean chunked = !codings.isEmpty();
        if (chunked && !isChunkedAlone(codings, head.protocolVersion())) {
            return framing("must be chunked and nothing else, by HTTP/1.1, where it names a transfer coding");
        }
        if (lengths.size() > 1 || (chunked && !lengths.isEmpty())) {
            return framing("must say in one way only how long it is");
        }
        if (!lengths.isEmpty() && !isNumber(lengths.get(0))) {
            return framing("must say in digits how long it is");
        }
        boolean endsWithConnection = !chunked && lengths.isEmpty() && hasBody(status);
        return endsWithConnection && status < 300 ? framing("must say how long it is") : null;
    }

    /**
     * Whether the connection may carry another call after this reply, as far as its head can tell. A reply without a body by its
     * status may be followed by one all the same, if the sender does not know the rule.
     */
    static boolean leavesConnectionInOrder(HttpResponse head) {
        HttpHeaders headers = head.headers();
        boolean delimited =
                headers.contains(HttpHeaderNames.CONTENT_LENGTH) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
        return delimited
                && hasBody(head.status().code())
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && HttpUtil.isKeepAlive(head); // RFC 9112, 9.6
    }

    private static boolean hasBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }

    private static boolean isChunkedAlone(List<String> codings, HttpVersion version) {
        return codings.size() == 1
                && codings.get(0).strip().equalsIgnoreCase(CHUNKED)
                && version.equals(HttpVersion.HTTP_1_1);
    }

    private static boolean isNumber(String length) {
        return isDigits(length.strip());
    }

    static boolean isDigits(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) < '0' || text.charAt(index) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static BrokenReply framing(String expected) {
        return new BrokenReply("framing", expected);
    }
}
