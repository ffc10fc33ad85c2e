package dev.sallyport.loadtests.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection: sends when its round says so, reads the reply, compares it, and tells the round. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a write or a close shows in the reply or its absence
final class Conversation extends ByteToMessageDecoder {
    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));
    private static final int UNREAD = -1;

    private final Round round;
    private final ByteBuf request;
    private int head = UNREAD;
    private int body;
    private boolean over;
    private long due;
    private @Nullable ChannelHandlerContext context;

    Conversation(Round round, ByteBuf request) {
        this.round = round;
        this.request = request;
    }

    @Override
    public void channelActive(ChannelHandlerContext opened) {
        context = opened;
        round.opened(this);
    }

    EventExecutor loop() {
        return connection().executor();
    }

    /**
     * Makes the next call.
     *
     * @param when it was due, by {@link System#nanoTime}
     */
    void send(long when) {
        due = when;
        connection().writeAndFlush(request.duplicate(), connection().voidPromise());
    }

    /** When the last call was due. */
    long due() {
        return due;
    }

    /** Makes no more calls. */
    void end() {
        over = true;
        connection().close();
    }

    private ChannelHandlerContext connection() {
        return Objects.requireNonNull(context);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (head == UNREAD && !readsHead(context, in)) {
            return;
        }
        int length = head + body;
        if (in.readableBytes() < length) {
            return;
        }
        if (in.readableBytes() > length) {
            fail(context, "more came than one reply");
        } else if (!round.replies().contain(in, in.readerIndex() + head, body)) {
            fail(context, "a 200 whose body is not the provider's");
        } else {
            in.skipBytes(length);
            head = UNREAD;
            round.answered(this);
        }
    }

    /** Whether the head is whole and good. */
    private boolean readsHead(ChannelHandlerContext context, ByteBuf in) {
        int at = ByteBufUtil.indexOf(END_OF_HEAD, in);
        if (at < 0) {
            return false;
        }
        int length = at + END_OF_HEAD.readableBytes() - in.readerIndex();
        var reply = new ReplyHead(in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1));
        if (reply.problem().isPresent()) {
            fail(context, reply.problem().get());
            return false;
        }
        head = length;
        body = reply.contentLength();
        return true;
    }

    private void fail(ChannelHandlerContext context, String why) {
        over = true;
        round.fail(why);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (!over) {
            round.fail("the connection was closed before the reply was whole");
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, String.valueOf(cause));
    }
}
