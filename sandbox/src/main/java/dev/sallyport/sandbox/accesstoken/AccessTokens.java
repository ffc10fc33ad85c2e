package dev.sallyport.sandbox.accesstoken;

import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.session.key.KeyRings;
import dev.sallyport.sandbox.session.key.OwnJwt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes access tokens, each once. Thread-safe. */
public final class AccessTokens {
    /** Longer than a token can be exchanged, so that no second use is missed. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final KeyRings keys;
    private final Clock clock;
    private final Map<String, Instant> used = new LinkedHashMap<>();

    public AccessTokens(KeyRings keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Returns what the token says; refuses if it cannot be exchanged. Does not use it up. */
    public AccessToken read(String projectId, String token) {
        return OwnJwt.claims(keys.of(projectId), token)
                .map(claims -> AccessTokenCheck.check(claims, clock.instant()))
                .orElseThrow(() -> Refusal.of(ErrorType.OAUTH_ACCESS_TOKEN_EXCHANGE_TOKEN_INVALID_GRANT));
    }

    /** Uses the token up; refuses if it was used before. */
    public synchronized void use(AccessToken token) {
        Instant now = clock.instant();
        used.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
        if (used.putIfAbsent(token.id(), now) != null) {
            throw Refusal.of(ErrorType.IDP_ACCESS_TOKEN_COULD_NOT_BE_EXCHANGED);
        }
    }
}
