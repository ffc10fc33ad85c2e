package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
     * The whole body; {@link BodyTooLarge} as soon as it is over the cap.
     *
     * @param buffers released by their publisher, after each was consumed
     * @param announced the announced length, or anything less than 0
     */
    public static Mono<byte[]> of(Flux<ByteBuf> buffers, int cap, long announced) {
        if (announced > cap) {
            return Mono.error(new BodyTooLarge());
        }
        return buffers.collect(() -> new CappedBody(cap, (int) Math.max(0, announced)), CappedBody::append)
                .map(CappedBody::whole);
    }

    private void append(ByteBuf buffer) {
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

    private byte[] whole() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
