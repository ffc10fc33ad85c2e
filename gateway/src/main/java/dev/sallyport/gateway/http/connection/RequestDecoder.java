package dev.sallyport.gateway.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes one request and then stops until it is told to go on, so that what a caller sends ahead costs bytes and no work.
 * Netty takes any number of spaces and tabs for the one space between the words of a request line, where another parser may
 * read another path; here there is one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
final class RequestDecoder extends HttpRequestDecoder {
    /** Bytes that may come ahead of their turn; more than one read brings them only with the end of the connection. */
    private static final int MOST_AHEAD = 256 * 1024;

    /** Bytes that are read and forgotten behind the last answer, lest a reset takes it from the caller. */
    private static final int MOST_DISCARDED = 1024 * 1024;

    private boolean isHead;
    private boolean headBegan;
    private boolean waits;
    private boolean decodedSome;
    private boolean inputEnded;
    private boolean discards;
    private int discarded;
    private int wordEnd;

    RequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Whether the latest request was HEAD, whose answer has no body. */
    boolean isHead() {
        return isHead;
    }

    /** Whether some bytes of a request were decoded, and not all of its head. */
    boolean isWithinHead() {
        return headBegan;
    }

    /** The next request may be decoded. */
    void next() {
        waits = false;
    }

    void discardAll() {
        discards = true;
        waits = false;
    }

    /** Bytes that came and were not decoded so far. */
    int ahead() {
        return actualReadableBytes();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (discards) {
            discard(context, in);
        } else if (waits) {
            endIfTooMuch(context, in);
        } else {
            super.decode(context, in, out);
            note(out);
        }
    }

    /** Of a head that will not come whole, whose connection is gone, there is nothing to refuse and no caller who would read it. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (!headBegan) {
            super.decodeLast(context, in, out);
        }
    }

    private void note(List<Object> out) {
        if (out.isEmpty()) {
            headBegan = true;
            return;
        }
        headBegan = false;
        decodedSome = true;
        waits = out.get(out.size() - 1) instanceof LastHttpContent;
        if (out.get(0) instanceof HttpRequest request) {
            isHead = request.method().equals(HttpMethod.HEAD);
        }
    }

    private static void endIfTooMuch(ChannelHandlerContext context, ByteBuf in) {
        if (in.readableBytes() > MOST_AHEAD) {
            in.skipBytes(in.readableBytes());
            context.close();
        }
    }

    private void discard(ChannelHandlerContext context, ByteBuf in) {
        discarded += in.readableBytes();
        in.skipBytes(in.readableBytes());
        if (discarded > MOST_DISCARDED) {
            context.close();
        }
    }

    /**
     * Netty reads on where nothing came of a read; what waits for its turn is not to be added to, and after the end of the input
     * there is nothing to read.
     */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (inputEnded || (waits && !decodedSome)) {
            context.fireChannelReadComplete();
            return;
        }
        decodedSome = false;
        super.channelReadComplete(context);
    }

    /** Netty would decode what waits and forget the rest; {@link CallerConnection} decides what the end means. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            context.fireUserEventTriggered(event);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        wordEnd = length;
        if (start != 0) {
            throw new IllegalArgumentException("the request line begins with a space");
        }
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        requireOneSpace(line, start, length);
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        requireOneSpace(line, start, length);
        if (line[start] != 'H' || line[start + 1] != 'T') {
            throw new IllegalArgumentException("the version is written in capitals");
        }
        return super.splitThirdWordInitialLine(line, start, length);
    }

    private void requireOneSpace(byte[] line, int start, int length) {
        if (start != wordEnd + 1 || line[wordEnd] != ' ') {
            throw new IllegalArgumentException("one space separates the words of a request line");
        }
        wordEnd = start + length;
    }
}
