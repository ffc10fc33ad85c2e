package dev.sallyport.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** A keyed digest of several parts; each is preceded by its length, so that no two lists of parts read the same. */
final class Digest {
    private static final int ABSENT = -1;

    private final Mac mac;

    Digest(byte[] key) {
        this.mac = Hkdf.mac(key);
    }

    Digest with(byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
        return this;
    }

    Digest with(@Nullable String part) {
        if (part == null) {
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(ABSENT).array());
            return this;
        }
        return with(part.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return mac.doFinal();
    }
}
