package dev.sallyport.gateway.http.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** The frames of one stream, as the messages of a connection of HTTP/1.1 with one request. */
@SuppressWarnings("FutureReturnValueIgnored") // the last promise carries the outcome
final class StreamCodec extends ChannelDuplexHandler {
    private final StreamHead head;

    private boolean hasBegun;
    private boolean isHead;
    private @Nullable Http2Error wrong;

    StreamCodec(StreamHead head) {
        this.head = head;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (message instanceof Http2HeadersFrame frame) {
            if (hasBegun) {
                here.fireChannelRead(end(frame));
            } else {
                begin(here, frame);
            }
        } else if (message instanceof Http2DataFrame frame) {
            here.fireChannelRead(
                    frame.isEndStream()
                            ? new DefaultLastHttpContent(frame.content())
                            : new DefaultHttpContent(frame.content()));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext here, Http2HeadersFrame frame) {
        hasBegun = true;
        HttpRequest request = head.request(frame.headers(), frame.isEndStream());
        isHead = HttpMethod.HEAD.equals(request.method());
        here.fireChannelRead(request);
        if (frame.isEndStream()) {
            here.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** Trailers, of which nothing is read but that they are the end. */
    private LastHttpContent end(Http2HeadersFrame frame) {
        var end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        boolean isEnd = frame.isEndStream()
                && frame.headers().names().stream().noneMatch(name -> name.length() > 0 && name.charAt(0) == ':');
        if (!isEnd) {
            wrong = Http2Error.PROTOCOL_ERROR;
            end.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("trailers that are no end")));
        }
        return end;
    }

    /** What the frames' codec finds wrong on a stream, that a body is not as long as was said for one, is the caller's. */
    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable error) {
        if (error instanceof Http2Exception broken) {
            wrong = broken.error();
            here.fireExceptionCaught(new DecoderException(error));
        } else {
            here.fireExceptionCaught(error);
        }
    }

    /** A close by itself would tell the caller that it is the gateway who does not want the stream any more (RFC 9113, 8.1.1). */
    @Override
    public void close(ChannelHandlerContext here, ChannelPromise promise) {
        Http2Error why = wrong;
        if (why != null) {
            wrong = null;
            here.writeAndFlush(new DefaultHttp2ResetFrame(why));
        }
        here.close(promise);
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            begin(here, response, promise);
        } else if (message instanceof HttpContent content) {
            here.write(data(content.content(), content instanceof LastHttpContent), promise);
        } else if (message instanceof ByteBuf bytes) {
            here.write(data(bytes, false), promise);
        } else {
            here.write(message, promise);
        }
    }

    private void begin(ChannelHandlerContext here, HttpResponse response, ChannelPromise promise) {
        boolean isInterim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        var fields = HttpConversionUtil.toHttp2Headers(response, true);
        if (!(response instanceof HttpContent content)) {
            here.write(new DefaultHttp2HeadersFrame(fields, false), promise);
            return;
        }
        boolean hasBody = !isInterim && !isHead && content.content().isReadable();
        if (hasBody) {
            here.write(new DefaultHttp2HeadersFrame(fields, false));
            here.write(new DefaultHttp2DataFrame(content.content(), response instanceof LastHttpContent), promise);
        } else {
            content.release();
            here.write(new DefaultHttp2HeadersFrame(fields, !isInterim), promise);
        }
    }

    /** An answer to HEAD says how long its body would be, and has none. */
    private DefaultHttp2DataFrame data(ByteBuf bytes, boolean isLast) {
        if (!isHead) {
            return new DefaultHttp2DataFrame(bytes, isLast);
        }
        bytes.release();
        return new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, isLast);
    }
}
