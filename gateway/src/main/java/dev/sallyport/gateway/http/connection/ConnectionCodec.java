package dev.sallyport.gateway.http.connection;

import dev.sallyport.gateway.loop.OneBuffer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 of one connection, in the place of Reactor Netty's codec. That one decodes all that came, however many requests
 * it is, and takes its limits from whichever customizer is asked last: Spring Boot's, with 8 kB of header fields.
 */
final class ConnectionCodec extends CombinedChannelDuplexHandler<RequestDecoder, HttpResponseEncoder> {
    private final RequestDecoder decoder;
    private @Nullable ChannelHandlerContext context;

    private ConnectionCodec(RequestDecoder decoder) {
        super(decoder, new Encoder(decoder));
        this.decoder = decoder;
    }

    /**
     * A codec for one connection.
     *
     * @param longestLine of the request line, in bytes
     * @param headerLimit of all header fields together, in bytes
     */
    static ConnectionCodec of(int longestLine, int headerLimit) {
        return new ConnectionCodec(new RequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(longestLine)
                .setMaxHeaderSize(headerLimit)
                .setHeadersFactory(RequestFields.FACTORY)));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    /** The next request may be decoded as soon as more bytes come. */
    void next() {
        decoder.next();
    }

    /** Decodes the next request from what came ahead; asks for more bytes if that is not a whole head. */
    void decodeNext() throws Exception {
        if (context != null) {
            decoder.next();
            channelRead(context, Unpooled.EMPTY_BUFFER);
            channelReadComplete(context);
        }
    }

    void discardAll() {
        decoder.discardAll();
    }

    boolean isWithinHead() {
        return decoder.isWithinHead();
    }

    int ahead() {
        return decoder.ahead();
    }

    /** An answer to HEAD says how long its body would be, and has none. */
    private static final class Encoder extends HttpResponseEncoder {
        private final RequestDecoder decoder;

        private Encoder(RequestDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse response) {
            return decoder.isHead() || super.isContentAlwaysEmpty(response);
        }

        @Override
        protected void encode(ChannelHandlerContext through, Object message, List<Object> out) throws Exception {
            super.encode(through, message, out);
            OneBuffer.of(out, through.alloc());
        }
    }
}
