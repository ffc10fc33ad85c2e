package dev.sallyport.gateway.provider.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the one reply to the one request that a connection carries, and sees to it that no byte beyond that reply is ever
 * taken for another. Interim replies are skipped (RFC 9110, 15.2). A byte that arrives when no reply is due closes the
 * connection; a reply in doubt, or bytes behind it, end its use.
 *
 * <p>The end of a reply is passed on only when all that came with it was read, since the connection goes back to its pool
 * with it. One instance per connection, on its event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // Netty's promises carry the outcome; there is nothing to do about it here
final class ReplyDecoder extends HttpResponseDecoder {
    /** Bytes of a reply's header fields. */
    static final int LARGEST_HEAD = 8192;

    private static final int LONGEST_LINE = 4096;
    private static final int LARGEST_CHUNK = 8192;
    private static final int MOST_INTERIM = 16;
    private static final int STATUS_DIGITS = 3;

    private final boolean reuse;
    private Awaited awaited = Awaited.NOTHING;
    private boolean reusable;
    private int interim;
    private @Nullable LastHttpContent end;
    private @Nullable ChannelFuture requestEnd;

    /** What is due on the connection. */
    private enum Awaited {
        /** No request was written since the last reply: every byte is one too many. */
        NOTHING,
        REPLY,
        /** The reply is whole, and its end waits until everything was read that came with it. */
        NO_MORE,
        /** Something was in doubt: what else comes is not looked at. */
        THE_CLOSE
    }

    /**
     * The decoder of one connection.
     *
     * @param reuse whether the connection may carry a second call
     */
    ReplyDecoder(boolean reuse) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEAD)
                .setMaxChunkSize(LARGEST_CHUNK)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
        this.reuse = reuse;
        this.reusable = reuse;
    }

    /** Whether a request may be written: nothing is due, and nothing came that was not. */
    boolean isAtRest() {
        return awaited == Awaited.NOTHING;
    }

    /** Whether the connection may carry another call, as far as the last reply and what came with it can tell. */
    boolean isReusable() {
        return reusable;
    }

    /** A request is being written, so a reply is due. */
    void expectReply() {
        awaited = awaited == Awaited.NOTHING ? Awaited.REPLY : Awaited.THE_CLOSE;
        reusable = reuse;
        interim = 0;
        requestEnd = null;
    }

    /** The last part of the request is being written, and done with when the network has taken it. */
    void requestEndsWith(ChannelFuture written) {
        requestEnd = written;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (awaited == Awaited.REPLY) {
            super.channelRead(context, message);
            return;
        }
        boolean unsolicited = awaited == Awaited.NOTHING && ((ByteBuf) message).isReadable();
        boolean beyond = awaited == Awaited.NO_MORE && ((ByteBuf) message).isReadable();
        ReferenceCountUtil.release(message);
        if (unsolicited || beyond) {
            abandon();
        }
        if (unsolicited) {
            context.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        passEnd(context);
        super.channelReadComplete(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        passEnd(context);
        super.channelInactive(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        ReferenceCountUtil.release(end);
        end = null;
    }

    private void passEnd(ChannelHandlerContext context) {
        @Nullable LastHttpContent whole = end;
        if (whole != null) {
            end = null;
            awaited = awaited == Awaited.NO_MORE ? Awaited.NOTHING : awaited;
            context.fireChannelRead(whole);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (awaited != Awaited.REPLY) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int before = out.size();
        super.decode(context, in, out);
        if (out.size() > before && out.get(before) instanceof HttpResponse head) {
            begun(head, in, out, before);
        }
        if (out.size() > before && out.get(out.size() - 1) instanceof LastHttpContent last) {
            ended(last, in, out);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(context, in, out);
        if (end != null) {
            out.add(end);
            end = null;
        }
    }

    private void begun(HttpResponse head, ByteBuf in, List<Object> out, int at) {
        boolean isInterim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && head.status().code() != 101
                && !head.decoderResult().isFailure();
        if (isInterim && ++interim <= MOST_INTERIM) {
            drop(out, at);
            return;
        }
        @Nullable
        BrokenReply problem = isInterim
                ? new BrokenReply("status", "must come after at most " + MOST_INTERIM + " interim replies")
                : problem(head);
        if (problem != null) {
            drop(out, at + 1);
            head.setDecoderResult(DecoderResult.failure(problem));
            abandon(in);
        } else if (!ReplyFraming.leavesConnectionInOrder(head)) {
            endUse();
        }
    }

    private static @Nullable BrokenReply problem(HttpResponse head) {
        return head.decoderResult().isFailure()
                ? undecodable(head.decoderResult().cause())
                : ReplyFraming.problem(head);
    }

    private static BrokenReply undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return new BrokenReply(
                    "headers", "must not have more than " + LARGEST_HEAD + " bytes of header fields", cause);
        }
        return cause instanceof TooLongHttpLineException
                ? new BrokenReply("headers", "must have shorter lines than it has", cause)
                : new BrokenReply("framing", "must be well-formed HTTP/1.1", cause);
    }

    private void ended(LastHttpContent last, ByteBuf in, List<Object> out) {
        if (last.decoderResult().isFailure()) {
            last.setDecoderResult(
                    DecoderResult.failure(undecodable(last.decoderResult().cause())));
            abandon(in);
            return;
        }
        out.remove(out.size() - 1);
        end = last;
        awaited = Awaited.NO_MORE;
        if (in.isReadable()) {
            abandon(in);
        } else if (!isRequestWritten()) {
            endUse(); // another call would wait behind the rest of this one's
        }
    }

    private boolean isRequestWritten() {
        return requestEnd != null && requestEnd.isSuccess();
    }

    private static void drop(List<Object> out, int from) {
        while (out.size() > from) {
            ReferenceCountUtil.release(out.remove(out.size() - 1));
        }
    }

    private void abandon(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        abandon();
    }

    private void abandon() {
        awaited = Awaited.THE_CLOSE;
        endUse();
    }

    /** The connection is closed instead of given back. */
    private void endUse() {
        reusable = false;
    }

    /** Strict where Netty reads numbers as Java does. */
    @Override
    protected HttpMessage createMessage(String[] line) {
        String status = line[1];
        if (status.length() != STATUS_DIGITS || status.charAt(0) == '0' || !ReplyFraming.isDigits(status)) {
            throw new IllegalArgumentException("a status that is not three digits");
        }
        return super.createMessage(line);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        boolean switches = message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        return switches || super.isContentAlwaysEmpty(message);
    }
}
