package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.contract.form.JsonMediaType;
import dev.sallyport.gateway.http.connection.BodyTooSlow;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;

/** Reads a call's body once. What is no JSON by its own word, or too large by it, is refused without reading. */
final class RequestBody {
    private static final byte[] NONE = new byte[0];

    private final int limit;

    /**
     * A reader with a cap.
     *
     * @param limit bytes
     */
    RequestBody(int limit) {
        this.limit = limit;
    }

    /** Why the body is not worth reading; null if it is. */
    @Nullable
    Rejection problem(Headers headers) {
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

    /** The body; fails with what {@link #rejection} understands. */
    Mono<byte[]> read(HttpServerRequest request, Headers headers) {
        return CappedBody.of(request.receive(), limit, announced(headers));
    }

    /** Reads to the end and forgets: for operations that take no body, whatever a client sends along. */
    Mono<byte[]> skip(HttpServerRequest request, Headers headers) {
        boolean empty = headers.first("transfer-encoding") == null && announced(headers) <= 0;
        return empty ? Mono.just(NONE) : read(request, headers).thenReturn(NONE);
    }

    /** What to answer when reading failed; null if the caller is gone. */
    @Nullable
    Rejection rejection(Throwable failure) {
        if (failure instanceof BodyTooLarge) {
            return tooLarge();
        }
        if (failure instanceof BodyTooSlow) {
            return Rejection.of(Reason.BODY_TOO_SLOW, "The body did not arrive in time.");
        }
        if (failure instanceof AbortedException) {
            return null;
        }
        boolean isUnreadable = failure instanceof IOException || failure instanceof CodecException;
        return isUnreadable
                ? RequestShape.malformed("The body could not be read.").because(failure)
                : SessionCallHandler.bug(failure);
    }

    private Rejection tooLarge() {
        return Rejection.of(Reason.BODY_TOO_LARGE, "The body must not be larger than " + limit + " bytes.");
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
