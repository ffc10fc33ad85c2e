package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.log.RefusedCall;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Makes a reply one answer: the very bytes that were checked with the fields that are left of the provider's, or the rendered rejection
 * without a single header of the provider's.
 */
final class ReplyWriter {
    private final RefusalWriter refusals;

    ReplyWriter(RefusalWriter refusals) {
        this.refusals = refusals;
    }

    /** A provider's answer, whole. */
    FullHttpResponse whole(Answer answer, HttpVersion version) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        answer.headers().forEach(headers::add);
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        return response(version, answer.status(), answer.body(), headers);
    }

    /**
     * A refusal, whole.
     *
     * @param call what its line in the log says of it
     * @param met the generation that answered the call
     * @param version the caller's own
     */
    FullHttpResponse whole(Refusal refusal, RefusedCall call, ServingSnapshot met, HttpVersion version) {
        byte[] body = refusals.body(refusal, call, met);
        HttpHeaders headers = refusals.headers(refusal.rejection(), call.headers(), body.length);
        refusal.fields().forEach(headers::set);
        return response(version, refusal.rejection().reason().status(), body, headers);
    }

    private static FullHttpResponse response(HttpVersion version, int status, byte[] body, HttpHeaders headers) {
        return new DefaultFullHttpResponse(
                version,
                HttpResponseStatus.valueOf(status),
                Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }
}
