package dev.sallyport.gateway.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** Head and body of a message as one buffer, where Netty's encoders make two: the network then takes it in one piece. */
public final class OneBuffer {
    /** What is longer goes out as it is. */
    private static final int LONGEST_BODY = 64 * 1024;

    private OneBuffer() {}

    /**
     * Puts a body that is on the heap behind its head: before it can be written its bytes are copied in any case.
     *
     * @param encoded what an encoder made of one message; gets one element in place of two
     */
    public static void of(List<Object> encoded, ByteBufAllocator allocator) {
        if (encoded.size() == 2
                && encoded.get(0) instanceof ByteBuf head
                && encoded.get(1) instanceof ByteBuf body
                && !body.isDirect()
                && body.readableBytes() <= LONGEST_BODY) {
            ByteBuf whole = withRoom(head, body.readableBytes(), allocator).writeBytes(body);
            body.release();
            encoded.clear();
            encoded.add(whole);
        }
    }

    /** The head itself, if there is room behind it. */
    private static ByteBuf withRoom(ByteBuf head, int bytes, ByteBufAllocator allocator) {
        if (head.isDirect() && head.maxFastWritableBytes() >= bytes) {
            return head;
        }
        ByteBuf whole = allocator.directBuffer(head.readableBytes() + bytes).writeBytes(head);
        head.release();
        return whole;
    }
}
