package dev.sallyport.call;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of what is long or secret, which is not kept itself. */
public final class Digests {
    private Digests() {}

    /** A new one, for one digest at a time. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
