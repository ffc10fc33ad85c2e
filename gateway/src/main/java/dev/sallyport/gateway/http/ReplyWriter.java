package dev.sallyport.gateway.http;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a reply: the very bytes that were checked with the fields that are left of the provider's, or the rendered rejection
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
     * Writes the whole reply.
     *
     * @param call what a refusal's line in the log says of it
     * @param met the generation that answered the call
     */
    Mono<Void> write(Reply reply, RefusedCall call, ServingSnapshot met, HttpServerResponse outgoing) {
        if (timing) {
            outgoing.header(GatewayHeaders.SERVER_TIMING, serverTiming(reply, call.start(), System.nanoTime()));
        }
        return reply instanceof Answer answer ? write(answer, outgoing) : write((Refusal) reply, call, met, outgoing);
    }

    private static Mono<Void> write(Answer answer, HttpServerResponse outgoing) {
        outgoing.status(answer.status());
        answer.headers().forEach(outgoing.responseHeaders()::add);
        return sent(answer.body(), outgoing);
    }

    private Mono<Void> write(Refusal refusal, RefusedCall call, ServingSnapshot met, HttpServerResponse outgoing) {
        byte[] body = refusals.body(refusal, call, met);
        outgoing.status(refusal.rejection().reason().status());
        outgoing.responseHeaders().add(refusals.headers(refusal.rejection(), call.headers(), body.length));
        return sent(body, outgoing);
    }

    private static Mono<Void> sent(byte[] body, HttpServerResponse outgoing) {
        outgoing.responseHeaders().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return outgoing.sendObject(Unpooled.wrappedBuffer(body)).then();
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
