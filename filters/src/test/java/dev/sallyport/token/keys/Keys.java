package dev.sallyport.token.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.contract.TokenAlgorithm;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/** Keys made once, and tokens signed with them byte by byte, so that a test can write anything into them. */
public final class Keys {
    public static final RSAKey GOOD = key("good");
    public static final RSAKey OTHER = key("other");

    private Keys() {}

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A known key under another id. */
    public static RSAKey named(String id) {
        return new RSAKey.Builder(GOOD).keyID(id).build();
    }

    public static String jwks(RSAKey... keys) {
        var text = new StringBuilder("{\"keys\":[");
        for (RSAKey key : keys) {
            text.append(text.length() > 10 ? "," : "").append(key.toPublicJWK().toJSONString());
        }
        return text.append("]}").toString();
    }

    public static KeySet set(RSAKey... keys) {
        try {
            return KeySet.parse(jwks(keys), TokenAlgorithm.RS256, null);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A token with exactly this header and these claims, signed as RS256 whatever the header says. */
    public static String token(String header, String claims, RSAKey key) {
        String signed = encoded(header) + "." + encoded(claims);
        return signed + "." + signature(JWSAlgorithm.RS256, signed, key);
    }

    public static String signature(JWSAlgorithm algorithm, String signed, RSAKey key) {
        try {
            return new RSASSASigner(key)
                    .sign(new JWSHeader(algorithm), signed.getBytes(StandardCharsets.US_ASCII))
                    .toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String encoded(String text) {
        return Base64URL.encode(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
