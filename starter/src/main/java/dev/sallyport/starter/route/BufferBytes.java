package dev.sallyport.starter.route;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** The bytes of a buffer, which is released. */
final class BufferBytes {
    private BufferBytes() {}

    static byte[] taken(DataBuffer whole) {
        byte[] bytes = new byte[whole.readableByteCount()];
        whole.read(bytes);
        DataBufferUtils.release(whole);
        return bytes;
    }
}
