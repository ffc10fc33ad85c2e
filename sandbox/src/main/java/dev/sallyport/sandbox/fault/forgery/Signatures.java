package dev.sallyport.sandbox.fault.forgery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Appends signatures of every kind to what is to be signed, whatever its header says. */
final class Signatures {
    private static final AlgorithmParameterSpec PSS_OF_SHA256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private Signatures() {}

    static String rs256(String input, PrivateKey key) {
        return signed(input, "SHA256withRSA", null, key);
    }

    static String rs384(String input, PrivateKey key) {
        return signed(input, "SHA384withRSA", null, key);
    }

    static String rs512(String input, PrivateKey key) {
        return signed(input, "SHA512withRSA", null, key);
    }

    static String ps256(String input, PrivateKey key) {
        return signed(input, "RSASSA-PSS", PSS_OF_SHA256, key);
    }

    /** Returns the input with a signature of an unknown key of a curve. */
    static String es256(String input) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            PrivateKey key = generator.generateKeyPair().getPrivate();
            return signed(input, "SHA256withECDSAinP1363Format", null, key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String hmac(String input, int bits, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA" + bits);
            mac.init(new SecretKeySpec(secret, "HmacSHA" + bits));
            return of(input, mac.doFinal(input.getBytes(US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String of(String input, byte[] signature) {
        return input + "." + Base64URL.encode(signature);
    }

    /** Returns a token that is encrypted for the holder of a public key. */
    static String encrypted(String payload, RSAPublicKey key, String keyId) {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .keyID(keyId)
                .contentType("JWT")
                .build();
        JWEObject token = new JWEObject(header, new Payload(payload));
        try {
            token.encrypt(new RSAEncrypter(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    private static String signed(
            String input, String algorithm, @Nullable AlgorithmParameterSpec parameters, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initSign(key);
            signature.update(input.getBytes(US_ASCII));
            return of(input, signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
