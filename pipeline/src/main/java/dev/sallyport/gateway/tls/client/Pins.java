package dev.sallyport.gateway.tls.client;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Public keys (SPKI, by SHA-256) of which one must be the server's, or that of an authority above it. A server may show
 * anything behind its own certificate, so only what really signed the certificate below it is looked at. A pure decision.
 */
final class Pins {
    private static final String PREFIX = "sha256/";

    private final Set<String> digests;

    /** Of texts as settings have them: {@code sha256/} and base64. */
    Pins(List<String> written) {
        this.digests = new HashSet<>(
                written.stream().map(pin -> pin.substring(PREFIX.length())).toList());
    }

    boolean isEmpty() {
        return digests.isEmpty();
    }

    /**
     * Whether a key of the chain is pinned.
     *
     * @param shown by the server, its own certificate first
     * @param trusted authorities, which need not be shown
     */
    boolean admit(X509Certificate[] shown, X509Certificate[] trusted) {
        Set<X509Certificate> seen = new HashSet<>();
        Deque<X509Certificate> next = new ArrayDeque<>(List.of(shown[0]));
        while (!next.isEmpty()) {
            X509Certificate one = next.remove();
            if (digests.contains(digest(one))) {
                return true;
            }
            Stream.concat(Stream.of(shown).skip(1), Stream.of(trusted))
                    .filter(above -> hasSigned(above, one))
                    .filter(seen::add)
                    .forEach(next::add);
        }
        return false;
    }

    private static boolean hasSigned(X509Certificate above, X509Certificate below) {
        if (above.getBasicConstraints() < 0
                || !above.getSubjectX500Principal().equals(below.getIssuerX500Principal())) {
            return false;
        }
        try {
            below.verify(above.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static String digest(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
