package dev.sallyport.loadtests.provider;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;

/** The replies that are good now: signed by the sandbox, each with a token of its own, valid for five minutes. */
public final class Replies {
    /** Long before the tokens end. */
    private static final Duration FRESH = Duration.ofMinutes(2);

    private final List<byte[]> bodies;
    private final List<ByteBuf> buffers;
    private final long since = System.nanoTime();

    /** Replies from now on. */
    public Replies(List<byte[]> bodies) {
        this.bodies = List.copyOf(bodies);
        this.buffers = bodies.stream().map(Unpooled::wrappedBuffer).toList();
    }

    List<byte[]> bodies() {
        return bodies;
    }

    /** Bytes of one of them. */
    public int length() {
        return bodies.get(0).length;
    }

    boolean areFresh() {
        return System.nanoTime() - since < FRESH.toNanos();
    }

    /** Whether some bytes are one of them, to the byte. */
    public boolean contain(ByteBuf received, int from, int length) {
        for (ByteBuf reply : buffers) {
            if (reply.readableBytes() == length && ByteBufUtil.equals(reply, 0, received, from, length)) {
                return true;
            }
        }
        return false;
    }
}
