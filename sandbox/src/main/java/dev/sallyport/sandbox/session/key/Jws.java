package dev.sallyport.sandbox.session.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.sandbox.reply.Json;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import javax.crypto.Mac;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compact JWS (RFC 7515), put together by hand: a library would rightly refuse to write the broken tokens that tests ask
 * for.
 */
public final class Jws {
    private Jws() {}

    public static String rs256(ObjectNode header, ObjectNode claims, PrivateKey key) {
        String input = signingInput(header, claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(input.getBytes(US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns a token with a symmetric signature, for the attack that takes a public key as the secret. */
    public static String hs256(ObjectNode header, ObjectNode claims, Key secret) {
        String input = signingInput(header, claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String unsigned(ObjectNode header, ObjectNode claims) {
        return signingInput(header, claims) + ".";
    }

    private static String signingInput(ObjectNode header, ObjectNode claims) {
        return Base64URL.encode(Json.bytes(header)) + "." + Base64URL.encode(Json.bytes(claims));
    }
}
