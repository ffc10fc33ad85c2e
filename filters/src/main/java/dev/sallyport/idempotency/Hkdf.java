package dev.sallyport.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), for one block: several keys of one secret, none of which says anything of another. */
final class Hkdf {
    static final String HMAC = "HmacSHA256";
    private static final int BLOCK = 32;

    private final byte[] extracted;

    /**
     * Of a secret.
     *
     * @param salt may be public
     */
    Hkdf(byte[] salt, byte[] secret) {
        this.extracted = mac(salt.length == 0 ? new byte[BLOCK] : salt).doFinal(secret);
    }

    /** 32 bytes for a purpose, or fewer. */
    byte[] expand(byte[] purpose, int length) {
        if (length > BLOCK) {
            throw new IllegalArgumentException("more than one block");
        }
        Mac mac = mac(extracted);
        mac.update(purpose);
        mac.update((byte) 1);
        return Arrays.copyOf(mac.doFinal(), length);
    }

    byte[] expand(String purpose) {
        return expand(purpose.getBytes(StandardCharsets.UTF_8), BLOCK);
    }

    static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
