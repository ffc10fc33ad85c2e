package dev.sallyport.kept;

import dev.sallyport.call.Call;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Which calls may share a reply: those for the same operation, project, path and query of the same caller. What a call
 * carried cannot be told from it.
 *
 * @param caller digest of the credentials, keyed; never printed
 * @param digest of all that, keyed; never printed
 */
record KeptKey(ByteBuffer caller, ByteBuffer digest) {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ABSENT = -1;

    /**
     * Of a call; null if it carries no credentials, since then nothing says to whom else its reply might be given.
     *
     * @param credentials names of header fields, beside {@code Authorization}, that carry a credential
     */
    static @Nullable KeptKey of(byte[] secret, Call call, Set<String> credentials) {
        @Nullable String identity = call.identity();
        if (identity == null) {
            return null;
        }
        Mac mac = mac(secret);
        add(mac, identity);
        for (String name : new TreeSet<>(credentials)) {
            add(mac, call.headers().first(name));
        }
        byte[] caller = mac.doFinal();
        mac.update(caller);
        add(mac, call.operation());
        add(mac, call.project());
        add(mac, call.target());
        return new KeptKey(ByteBuffer.wrap(caller), ByteBuffer.wrap(mac.doFinal()));
    }

    /** Each part is preceded by its length, so that no two lists of parts read the same. */
    private static void add(Mac mac, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? ABSENT : bytes.length)
                .array());
        mac.update(bytes);
    }

    private static Mac mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "KeptKey";
    }
}
