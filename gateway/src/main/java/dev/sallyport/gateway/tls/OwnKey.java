package dev.sallyport.gateway.tls;

import dev.sallyport.gateway.tls.client.Validity;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * The private key by which one end of a connection shows that a certificate is its own. Without one, or with that of another
 * certificate, Java starts and then fails every handshake.
 */
final class OwnKey {
    private static final byte[] ANYTHING = {1};
    private static final Map<String, String> SIGNATURES = Map.of(
            "RSA", "SHA256withRSA",
            "EC", "SHA256withECDSA",
            "DSA", "SHA256withDSA",
            "EdDSA", "EdDSA");

    private final KeyStore store;
    private final List<String> aliases;
    private final char @Nullable [] password;

    private OwnKey(KeyStore store, List<String> aliases, char @Nullable [] password) {
        this.store = store;
        this.aliases = aliases;
        this.password = password;
    }

    /** What is wrong with the key of a bundle that has a key store; empty for one without. */
    static Optional<String> problem(SslBundle bundle) throws GeneralSecurityException {
        @Nullable KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            return Optional.empty();
        }
        @Nullable String alias = bundle.getKey().getAlias();
        @Nullable
        String password = Stream.of(
                        Optional.ofNullable(bundle.getKey().getPassword()),
                        Optional.ofNullable(bundle.getStores().getKeyStorePassword()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        List<String> aliases = alias == null ? Collections.list(store.aliases()) : List.of(alias);
        return new OwnKey(store, aliases, password == null ? null : password.toCharArray()).problem();
    }

    /** From when until when its certificate is good; empty for a bundle without one. */
    static Optional<Validity> validity(SslBundle bundle) {
        @Nullable KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            return Optional.empty();
        }
        try {
            @Nullable String alias = bundle.getKey().getAlias();
            return (alias == null ? Collections.list(store.aliases()) : List.of(alias))
                    .stream()
                            .map(each -> certificate(store, each))
                            .flatMap(Optional::stream)
                            .map(Validity::of)
                            .min(Comparator.comparing(Validity::end));
        } catch (KeyStoreException notLoaded) {
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> certificate(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate own
                    ? Optional.of(own)
                    : Optional.empty();
        } catch (KeyStoreException notLoaded) {
            return Optional.empty();
        }
    }

    private Optional<String> problem() throws GeneralSecurityException {
        boolean hasKey = false;
        for (String alias : aliases) {
            if (store.isKeyEntry(alias)) {
                hasKey = true;
                if (!belongs(store.getKey(alias, password), store.getCertificate(alias))) {
                    return Optional.of("must hold a private key and its certificate: the key is that of another one");
                }
            }
        }
        return hasKey
                ? Optional.empty()
                : Optional.of("must hold a private key and its certificate: there is no private key");
    }

    /** Keys of kinds that are not known here pass. */
    private static boolean belongs(Key key, Certificate certificate) throws GeneralSecurityException {
        @Nullable String algorithm = SIGNATURES.get(key.getAlgorithm());
        return algorithm == null
                || !(key instanceof PrivateKey signing)
                || verifies(algorithm, signing, certificate.getPublicKey());
    }

    private static boolean verifies(String algorithm, PrivateKey signing, PublicKey certified)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(signing);
        signature.update(ANYTHING);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certified);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException ofAnotherKind) {
            return false;
        }
    }
}
