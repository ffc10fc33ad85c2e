package dev.sallyport.gateway.body;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects a body into one array with a running cap. Copies each buffer at once and keeps none. */
public final class CappedBody {
    private final int cap;
    private byte[] bytes;
    private int length;

    private CappedBody(int cap, int expected) {
        this.cap = cap;
        this.bytes = new byte[expected];
    }

    /**
     * Room for a body; throws {@link BodyTooLarge} if it is announced as such.
     *
     * @param announced the announced length, or anything less than 0
     */
    public static CappedBody upTo(int cap, long announced) {
        if (announced > cap) {
            throw new BodyTooLarge();
        }
        return new CappedBody(cap, (int) Math.max(0, announced));
    }

    /** Copies what a buffer holds; throws {@link BodyTooLarge} if that is too much. The buffer stays its owner's. */
    public void append(ByteBuf buffer) {
        int more = buffer.readableBytes();
        if (more > cap - length) {
            throw new BodyTooLarge();
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(cap, Math.max(length + more, 2 * bytes.length)));
        }
        buffer.readBytes(bytes, length, more);
        length += more;
    }

    /** All that was appended. */
    public byte[] whole() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
