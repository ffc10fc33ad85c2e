package dev.sallyport.gateway.provider;

import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.gateway.http.CappedBody;
import dev.sallyport.gateway.http.header.NettyHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One request and its reply on one connection: when it left, and whether the connection may be used again. Used once, on the
 * connection's event loop.
 */
final class Exchange {
    private @Nullable Connection connection;
    private long sent;

    /** The request is about to be written; throws if something is still due on the connection. */
    void begin(NettyOutbound outbound) {
        outbound.withConnection(taken -> connection = taken);
        try {
            ProviderCodec.requireAtRest(connection());
        } catch (IOException notAtRest) {
            throw new UncheckedIOException(notAtRest);
        }
        sent = System.nanoTime();
    }

    private Connection connection() {
        return Objects.requireNonNull(connection, "begun without a connection");
    }

    /** Whether a byte of the request may have left this process. */
    boolean mayHaveLeft() {
        return sent != 0;
    }

    Timing timing() {
        return sent == 0 ? Timing.NONE : new Timing(sent, System.nanoTime());
    }

    /**
     * The whole answer, read. Its last byte gives the connection back, unless the answer's form is in doubt: where it seems to
     * end is then not where it ends, or what follows belongs to it.
     *
     * @param cap bytes of the body
     */
    Mono<Answer> answer(HttpClientResponse response, Flux<ByteBuf> body, int cap, ReplyReading reading) {
        HttpHeaders headers = response.responseHeaders();
        int status = response.status().code();
        return CappedBody.of(body, cap, announced(headers))
                .map(bytes -> reading.read(status, new NettyHeaders(headers), bytes, timing()))
                .doOnNext(this::keepOrClose);
    }

    private void keepOrClose(Answer answer) {
        if (answer.content() instanceof BrokenForm) {
            connection().markPersistent(false);
        }
    }

    private static long announced(HttpHeaders headers) {
        @Nullable String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length.strip());
    }
}
