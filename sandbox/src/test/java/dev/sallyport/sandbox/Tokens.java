package dev.sallyport.sandbox;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads and verifies session JWTs the way a customer does: with the published keys and a library. */
record Tokens(Client client) {
    JWKSet keys(String projectId) {
        String path = projectId.equals(Fixtures.B2B_PROJECT_ID) ? "/v1/b2b/sessions/jwks/" : "/v1/sessions/jwks/";
        try {
            return JWKSet.parse(new String(client.get(path + projectId).bytes(), StandardCharsets.UTF_8));
        } catch (java.text.ParseException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    /** Tells whether a published key verifies the token. */
    boolean isGenuine(String projectId, String jwt) {
        try {
            SignedJWT signed = SignedJWT.parse(jwt);
            @Nullable JWK key = keys(projectId).getKeyByKeyId(signed.getHeader().getKeyID());
            return key != null && signed.verify(new RSASSAVerifier(key.toRSAKey()));
        } catch (java.text.ParseException | com.nimbusds.jose.JOSEException unreadable) {
            return false;
        }
    }

    static JWTClaimsSet claims(String jwt) {
        try {
            return com.nimbusds.jwt.JWTParser.parse(jwt).getJWTClaimsSet();
        } catch (java.text.ParseException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }
}
