package dev.sallyport.loadtests.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The session token of the typical exchange, signed with a key made for the purpose; parts are there for whom wants less. */
record SignedToken(String text, JWKSet keys) {
    static final String PROJECT = "project-test-2b6f3d0e-8a41-4c57-9f1a-d0c4b7e21a95";

    /** A second after it was issued. */
    static final Instant NOW = Instant.ofEpochSecond(1_772_442_001);

    static SignedToken typical() {
        return of(PackBody.typical("token"));
    }

    /** One that is issued at this moment, for checks that go by the clock of the machine; good for five minutes. */
    static SignedToken now() {
        return of(PackBody.tokenIssued(Instant.now()));
    }

    private static SignedToken of(byte[] claims) {
        try {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyID("jwk-test-7c1e5a20-93bf-4d68-b0e2-4f8a6c13d975")
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            String signed = encoded(("{\"alg\":\"RS256\",\"kid\":\"" + key.getKeyID() + "\",\"typ\":\"JWT\"}")
                            .getBytes(StandardCharsets.UTF_8))
                    + "." + encoded(claims);
            Base64URL signature = new RSASSASigner(key).sign(header(), signed.getBytes(StandardCharsets.US_ASCII));
            return new SignedToken(signed + "." + signature, new JWKSet(key.toPublicJWK()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static JWSHeader header() {
        return new JWSHeader(JWSAlgorithm.RS256);
    }

    byte[] signed() {
        return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    Base64URL signature() {
        return new Base64URL(text.substring(text.lastIndexOf('.') + 1));
    }

    /** The same with another signature. */
    String damaged() {
        int at = text.length() - 20;
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static String encoded(byte[] json) {
        return Base64URL.encode(json).toString();
    }
}
