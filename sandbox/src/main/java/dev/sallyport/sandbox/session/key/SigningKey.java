package dev.sallyport.sandbox.session.key;

import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.sandbox.reply.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import tools.jackson.databind.node.ObjectNode;

/**
 * An RSA key with its id and a self-signed certificate. The certificate is real because some verifiers drop a key whose
 * {@code x5c} does not match its {@code n} and {@code e}.
 */
public final class SigningKey {
    private final String id;
    private final KeyPair pair;
    private final byte[] certificate;

    private SigningKey(String id, KeyPair pair, byte[] certificate) {
        this.id = id;
        this.pair = pair;
        this.certificate = certificate;
    }

    public static SigningKey generate(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey("jwk-test-" + UUID.randomUUID(), pair, certificate(pair, now));
        } catch (GeneralSecurityException | OperatorException | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String id() {
        return id;
    }

    public RSAPublicKey publicKey() {
        return (RSAPublicKey) pair.getPublic();
    }

    /** Returns the private half, for those who forge: they sign what no honest writer would. */
    public PrivateKey privateKey() {
        return pair.getPrivate();
    }

    /** Returns the certificate as {@code x5c} carries it. */
    public String certificate() {
        return Base64.encode(certificate).toString();
    }

    public String sign(ObjectNode claims) {
        return signAs(id, claims);
    }

    /** Returns a token that names another key than the one it is signed with. */
    public String signAs(String keyId, ObjectNode claims) {
        return Jws.rs256(header(keyId), claims, pair.getPrivate());
    }

    private static ObjectNode header(String keyId) {
        return Json.object().put("alg", "RS256").put("kid", keyId).put("typ", "JWT");
    }

    /** Returns the published form, with the provider's own spelling {@code x5tS256}. */
    public ObjectNode publicJwk() {
        ObjectNode jwk = Json.object().put("kty", "RSA").put("use", "sig");
        jwk.putArray("key_ops").add("verify");
        jwk.put("alg", "RS256").put("kid", id);
        jwk.putArray("x5c").add(certificate());
        jwk.put("x5tS256", thumbprint());
        jwk.put("n", Base64URL.encode(publicKey().getModulus()).toString());
        return jwk.put("e", Base64URL.encode(publicKey().getPublicExponent()).toString());
    }

    private String thumbprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return java.util.Base64.getUrlEncoder().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] certificate(KeyPair pair, Instant now) throws OperatorException, java.io.IOException {
        X500Principal name = new X500Principal("CN=sandbox.sallyport.dev");
        Date from = Date.from(now.minus(Duration.ofDays(1)));
        Date until = Date.from(now.plus(Duration.ofDays(3650)));
        BigInteger serial = BigInteger.valueOf(now.toEpochMilli());
        return new JcaX509v3CertificateBuilder(name, serial, from, until, name, pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                .getEncoded();
    }
}
