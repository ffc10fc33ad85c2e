package dev.sallyport.sandbox.session.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;

/** Reads JWTs that a project's own keys have signed: session JWTs and access tokens. Says nothing of their times. */
public final class OwnJwt {
    private OwnJwt() {}

    /** Returns the claims; empty if that is no JWT, or if none of the keys signed it. */
    public static Optional<JWTClaimsSet> claims(KeyRing keys, String jwt) {
        try {
            SignedJWT signed = SignedJWT.parse(jwt);
            Optional<SigningKey> key =
                    keys.find(String.valueOf(signed.getHeader().getKeyID()));
            boolean genuine = signed.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    && key.isPresent()
                    && signed.verify(new RSASSAVerifier(key.get().publicKey()));
            return genuine ? Optional.of(signed.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException unreadable) {
            return Optional.empty();
        }
    }
}
