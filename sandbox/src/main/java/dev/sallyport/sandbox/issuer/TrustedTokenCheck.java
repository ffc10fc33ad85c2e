package dev.sallyport.sandbox.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pure part of attestation: signature, issuer, audience, times, and the claims that the mapping needs. */
record TrustedTokenCheck(TrustedTokenProfile profile, JWKSet keys) {
    /** Returns what the token says; refuses if anything is wrong with it. */
    TrustedToken check(SignedJWT jwt, Instant now) {
        try {
            require(isGenuine(jwt), ErrorType.INVALID_TRUSTED_AUTH_TOKEN);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            require(profile.issuer().equals(claims.getIssuer()), ErrorType.JWT_INVALID_ISSUER);
            require(claims.getAudience().contains(profile.audience()), ErrorType.JWT_INVALID_AUDIENCE);
            require(isCurrent(claims, now), ErrorType.JWT_INVALID_CLAIMS);
            return new TrustedToken(
                    required(claims, "email"),
                    required(claims, "jti"),
                    optional(claims, "organization_id"),
                    optional(claims, "external_member_id"),
                    optional(claims, "external_user_id"));
        } catch (ParseException | JOSEException unreadable) {
            throw Refusal.of(ErrorType.INVALID_TRUSTED_AUTH_TOKEN);
        }
    }

    private boolean isGenuine(SignedJWT jwt) throws JOSEException {
        @Nullable JWK key = keys.getKeyByKeyId(String.valueOf(jwt.getHeader().getKeyID()));
        return key instanceof AsymmetricJWK asymmetric
                && jwt.verify(
                        new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey()));
    }

    private static boolean isCurrent(JWTClaimsSet claims, Instant now) {
        @Nullable Date until = claims.getExpirationTime();
        @Nullable Date from = claims.getNotBeforeTime();
        return until != null
                && until.toInstant().isAfter(now)
                && (from == null || !from.toInstant().isAfter(now));
    }

    private static String required(JWTClaimsSet claims, String name) throws ParseException {
        return optional(claims, name).orElseThrow(() -> Refusal.of(ErrorType.JWT_INVALID_CLAIMS));
    }

    private static Optional<String> optional(JWTClaimsSet claims, String name) throws ParseException {
        return Optional.ofNullable(claims.getStringClaim(name)).filter(text -> !text.isEmpty());
    }

    private static void require(boolean holds, ErrorType otherwise) {
        if (!holds) {
            throw Refusal.of(otherwise);
        }
    }
}
