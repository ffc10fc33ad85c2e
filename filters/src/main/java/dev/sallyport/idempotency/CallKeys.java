package dev.sallyport.idempotency;

import dev.sallyport.call.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What one key of the settings is used for, each with a key of its own that is derived from it: names of callers' keys,
 * fingerprints of calls, and sealed answers (AES-256-GCM, a random nonce of 96 bits each). Never printed. Thread-safe.
 */
final class CallKeys {
    static final int SECRET_BYTES = 32;
    private static final byte[] SALT = "sallyport idempotency 1".getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] names;
    private final byte[] fingerprints;
    private final SecretKeySpec answers;
    private final SecureRandom random;

    /**
     * Of a key of the settings.
     *
     * @param random does not block
     */
    CallKeys(byte[] secret, SecureRandom random) {
        var derived = new Hkdf(SALT, secret);
        this.names = derived.expand("names");
        this.fingerprints = derived.expand("fingerprints");
        this.answers = new SecretKeySpec(derived.expand("answers"), "AES");
        this.random = random;
    }

    /**
     * The name of a caller's key: that of another caller is another name.
     *
     * @param credentials names of header fields, beside {@link Call#identity}, that say who calls
     */
    String name(Call call, Set<String> credentials, String key) {
        Digest digest = new Digest(names).with(call.project()).with(call.identity());
        for (String credential : new TreeSet<>(credentials)) {
            digest.with(credential).with(call.headers().first(credential));
        }
        return text(digest.with(key));
    }

    private static String text(Digest digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.bytes());
    }

    /** Of a call with a key: operation, caller and exact bytes. */
    String fingerprint(Call call, String name) {
        return text(new Digest(fingerprints)
                .with(name)
                .with(call.operation())
                .with(call.method())
                .with(call.target())
                .with(call.body()));
    }

    /** Nonce, ciphertext and tag. What it is of goes into the tag, so that no answer can be put in another's place. */
    SealedAnswer sealed(byte[] answer, String operation, String name) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, NONCE, operation, name);
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(answer.length));
            cipher.doFinal(answer, 0, answer.length, sealed, NONCE);
            return new SealedAnswer(sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The answer, or null if it was not sealed with this key for this operation and name, or was changed since. */
    byte @Nullable [] opened(SealedAnswer answer, String operation, String name) {
        byte[] sealed = answer.bytes();
        if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed, NONCE, operation, name)
                    .doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException changed) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int length, String operation, String name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, answers, new GCMParameterSpec(TAG_BITS, nonce, 0, length));
        cipher.updateAAD((operation + "\n" + name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "CallKeys";
    }
}
