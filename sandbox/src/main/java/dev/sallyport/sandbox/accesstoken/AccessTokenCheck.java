package dev.sallyport.sandbox.accesstoken;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** The pure part of an exchange: is this an access token, current, young enough, and granted everything? */
final class AccessTokenCheck {
    private static final Duration OLDEST = Duration.ofMinutes(5);

    private AccessTokenCheck() {}

    /** Returns what the token says; refuses if it cannot be exchanged. */
    static AccessToken check(JWTClaimsSet claims, Instant now) {
        require(
                claims.getJWTID() != null && claims.getClaim("scope") != null,
                ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_INVALID_GRANT);
        require(isAfter(claims.getExpirationTime(), now), ErrorType.IDP_ACCESS_TOKEN_EXPIRED);
        require(isAfter(claims.getIssueTime(), now.minus(OLDEST)), ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_TOO_OLD);
        require(
                List.of(text(claims, "scope").split(" ")).contains("full_access"),
                ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_MISSING_FULL_ACCESS);
        return new AccessToken(claims.getJWTID(), String.valueOf(claims.getSubject()), text(claims, "client_id"));
    }

    private static boolean isAfter(Date moment, Instant other) {
        return Optional.ofNullable(moment)
                .filter(there -> there.toInstant().isAfter(other))
                .isPresent();
    }

    private static String text(JWTClaimsSet claims, String name) {
        try {
            return Optional.ofNullable(claims.getStringClaim(name)).orElse("");
        } catch (ParseException noText) {
            throw Refusal.of(ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_INVALID_GRANT);
        }
    }

    private static void require(boolean holds, ErrorType otherwise) {
        if (!holds) {
            throw Refusal.of(otherwise);
        }
    }
}
