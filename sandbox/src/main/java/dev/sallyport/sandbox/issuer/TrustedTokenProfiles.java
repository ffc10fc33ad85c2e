package dev.sallyport.sandbox.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Verifies trusted auth tokens against the keys that a profile's address really serves. */
public final class TrustedTokenProfiles {
    private final Supplier<List<TrustedTokenProfile>> profiles;
    private final JwksSource keys;
    private final Clock clock;

    /** The profiles are asked for when they are needed: their addresses are known only after the server has started. */
    public TrustedTokenProfiles(Supplier<List<TrustedTokenProfile>> profiles, JwksSource keys, Clock clock) {
        this.profiles = profiles;
        this.keys = keys;
        this.clock = clock;
    }

    /** Returns what the token says, or refuses with one of the documented attestation errors. */
    public Mono<TrustedToken> verify(String projectId, String profileId, String token) {
        TrustedTokenProfile profile = profiles.get().stream()
                .filter(candidate -> candidate.projectId().equals(projectId))
                .filter(candidate -> candidate.id().equals(profileId))
                .findFirst()
                .orElseThrow(() -> Refusal.of(ErrorType.TRUSTED_TOKEN_PROFILE_NOT_FOUND));
        SignedJWT jwt = parse(token);
        return keys.keys(profile.jwksUrl(), String.valueOf(jwt.getHeader().getKeyID()))
                .map(published -> check(profile, published, jwt));
    }

    private TrustedToken check(TrustedTokenProfile profile, JWKSet published, SignedJWT jwt) {
        return new TrustedTokenCheck(profile, published).check(jwt, clock.instant());
    }

    private static SignedJWT parse(String token) {
        try {
            return SignedJWT.parse(token);
        } catch (ParseException unreadable) {
            throw Refusal.of(ErrorType.INVALID_TRUSTED_AUTH_TOKEN);
        }
    }
}
