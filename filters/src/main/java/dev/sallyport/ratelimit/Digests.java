package dev.sallyport.ratelimit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of what is long or secret, which is not kept itself. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
