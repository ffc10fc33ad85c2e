package dev.sallyport.gateway.log;

import dev.sallyport.config.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes of session ids (HMAC-SHA256, cut to 128 bits): who has the key finds the lines of a session whose id is known,
 * and no line tells an id.
 */
final class SessionHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEPT = 16;
    /** Where the settings name no key: hashes of one process can be compared with each other. */
    private static final byte[] OF_THIS_PROCESS = SecureRandom.getSeed(32);

    private final Mac keyed;

    SessionHash(Optional<Secret> key) {
        byte[] bytes = key.map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8))
                .orElse(OF_THIS_PROCESS);
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(bytes, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String of(String session) {
        byte[] whole = copy().doFinal(session.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, KEPT));
    }

    /** For one hash; a Mac is for one thread at a time. */
    private Mac copy() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "keyed hash";
    }
}
