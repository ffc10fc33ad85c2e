package dev.sallyport.gateway.other;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bodies that come in Spring's buffers, as one array with a cap. */
final class Bodies {
    private static final byte[] NONE = new byte[0];

    private Bodies() {}

    /** All of a body; a {@link org.springframework.core.io.buffer.DataBufferLimitException} if it is larger than the cap. */
    static Mono<byte[]> whole(Flux<? extends DataBuffer> buffers, int cap) {
        return DataBufferUtils.join(buffers, cap).map(Bodies::bytes).defaultIfEmpty(NONE);
    }

    private static byte[] bytes(DataBuffer joined) {
        try {
            byte[] bytes = new byte[joined.readableByteCount()];
            joined.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(joined);
        }
    }
}
