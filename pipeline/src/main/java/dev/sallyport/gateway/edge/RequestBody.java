package dev.sallyport.gateway.edge;

import dev.sallyport.call.Headers;
import dev.sallyport.contract.form.JsonMediaType;
import dev.sallyport.gateway.body.BodyTooLarge;
import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.body.CappedBody;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/** What a call's body may be. What is no JSON by its own word, or too large by it, is refused without reading. */
public final class RequestBody {
    private final int limit;

    /**
     * Rules with a cap.
     *
     * @param limit bytes
     */
    public RequestBody(int limit) {
        this.limit = limit;
    }

    /** Why the body is not worth reading; null if it is. */
    public @Nullable Rejection problem(Headers headers) {
        if (!JsonMediaType.isSaid(headers)) {
            return Rejection.of(
                    Reason.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be application/json in UTF-8; say so in Content-Type.");
        }
        if (headers.first("content-encoding") != null) {
            return Rejection.of(Reason.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.");
        }
        return announced(headers) > limit ? tooLarge() : null;
    }

    /** Room for a body; throws {@link BodyTooLarge} if it is announced as such. */
    public CappedBody room(Headers headers) {
        return CappedBody.upTo(limit, announced(headers));
    }

    /** Whether a head comes without a body. */
    public static boolean isNone(Headers headers) {
        return headers.first("transfer-encoding") == null && announced(headers) <= 0;
    }

    /** What to answer when reading failed. */
    public Rejection rejection(Throwable failure) {
        if (failure instanceof BodyTooLarge) {
            return tooLarge();
        }
        if (failure instanceof BodyTooSlow) {
            return EdgeRejections.bodyTooSlow();
        }
        return failure instanceof CodecException
                ? EdgeRejections.malformed("The body could not be read.").because(failure)
                : EdgeRejections.bug(failure);
    }

    private Rejection tooLarge() {
        return EdgeRejections.bodyTooLarge(limit);
    }

    private static long announced(Headers headers) {
        @Nullable String length = headers.first(HttpHeaderNames.CONTENT_LENGTH.toString());
        try {
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException malformed) {
            return Long.MAX_VALUE;
        }
    }
}
