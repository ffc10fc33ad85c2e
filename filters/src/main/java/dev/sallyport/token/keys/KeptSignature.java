package dev.sallyport.token.keys;

import dev.sallyport.contract.TokenAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * RSASSA-PKCS1-v1_5 (RFC 7518, 3.3) by one key, with what each thread has made ready once: to make it for each token costs what the
 * arithmetic does not. A signature object begins anew by itself after each answer (as {@link Signature#verify} has it); one that did not
 * come to an answer is not used again.
 */
final class KeptSignature implements TokenVerifier {
    private final String algorithm;
    private final PublicKey key;
    private final @Nullable Provider provider;

    @SuppressWarnings("ThreadLocalUsage") // one for each key, and gone with it
    private final ThreadLocal<@Nullable Signature> kept = new ThreadLocal<>();

    /** @param provider does the arithmetic; null for the JDK's choice */
    KeptSignature(TokenAlgorithm algorithm, PublicKey key, @Nullable Provider provider) {
        this.algorithm = "SHA" + algorithm.name().substring(2) + "withRSA";
        this.key = key;
        this.provider = provider;
    }

    @Override
    public boolean isGenuine(byte[] signed, byte[] signature) {
        @Nullable Signature ready = kept.get();
        boolean isAnswered = false;
        try {
            Signature used = ready == null ? made() : ready;
            used.update(signed);
            boolean genuine = used.verify(signature);
            isAnswered = true;
            if (ready == null) {
                kept.set(used);
            }
            return genuine;
        } catch (GeneralSecurityException unverifiable) {
            return false;
        } finally {
            if (!isAnswered) {
                kept.remove();
            }
        }
    }

    private Signature made() throws GeneralSecurityException {
        Signature made =
                provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
        made.initVerify(key);
        return made;
    }
}
