package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;

/**
 * Makes a reply one answer: the very bytes that were checked with the fields that are left of the provider's, or the rendered rejection
 * without a single header of the provider's.
 */
final class ReplyWriter {
    private final RefusalWriter refusals;
    private final boolean timing;

    /**
     * A writer.
     *
     * @param timing whether replies say in {@code Server-Timing} how long each door and the provider took
     */
    ReplyWriter(RefusalWriter refusals, boolean timing) {
        this.refusals = refusals;
        this.timing = timing;
    }

    /**
     * The whole reply.
     *
     * @param call what a refusal's line in the log says of it
     * @param met the generation that answered the call
     * @param version the caller's own
     */
    FullHttpResponse whole(Reply reply, RefusedCall call, ServingSnapshot met, HttpVersion version) {
        FullHttpResponse response = reply instanceof Answer answer
                ? whole(answer, version)
                : whole((Refusal) reply, refusals.body((Refusal) reply, call, met), call.headers(), version);
        if (timing) {
            response.headers().set(GatewayHeaders.SERVER_TIMING, serverTiming(reply, call.start(), System.nanoTime()));
        }
        return response;
    }

    private static FullHttpResponse whole(Answer answer, HttpVersion version) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        answer.headers().forEach(headers::add);
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        return response(version, answer.status(), answer.body(), headers);
    }

    private FullHttpResponse whole(Refusal refusal, byte[] body, Headers request, HttpVersion version) {
        HttpHeaders headers = refusals.headers(refusal.rejection(), request, body.length);
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

    /** The standard's form (W3C Server Timing): milliseconds, each part by name. */
    private static String serverTiming(Reply reply, long start, long end) {
        Reply.Timing provider = reply.timing();
        if (provider.sent() == 0) {
            boolean late =
                    reply instanceof Refusal refusal && refusal.rejection().reason() == Reason.PROVIDER_TIMED_OUT;
            return String.format(Locale.ROOT, "%s;dur=%.3f", late ? "provider" : "first-door", millis(end - start));
        }
        return String.format(
                Locale.ROOT,
                "first-door;dur=%.3f, provider;dur=%.3f, second-door;dur=%.3f",
                millis(provider.sent() - start),
                millis(provider.nanos()),
                millis(end - provider.answered()));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
