package dev.sallyport.gateway.keys;

import dev.sallyport.call.Deadline;
import dev.sallyport.caller.CallerTokens;
import dev.sallyport.caller.Denial;
import dev.sallyport.token.AccessTokenCheck;
import dev.sallyport.token.AccessTokenCheck.KeyWanted;
import dev.sallyport.token.AccessTokenCheck.Trusted;
import dev.sallyport.token.AccessTokenCheck.Unscoped;
import dev.sallyport.token.AccessTokenCheck.Untrusted;
import dev.sallyport.token.AccessTokenCheck.Verdict;
import dev.sallyport.token.TokenFault;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tokens of the company's issuer, verified with its keys; a key that is not at hand is asked for once more. */
public final class IssuedTokens implements CallerTokens {
    private final AccessTokenCheck check;
    private final Issuer issuer;
    private final KeySource keys;
    private final Clock clock;

    /** Those of one issuer. */
    public IssuedTokens(AccessTokenCheck check, Issuer issuer, KeySource keys, Clock clock) {
        this.check = check;
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Mono<Outcome> read(String token, Deadline deadline) {
        @Nullable KeySet known = keys.known(issuer);
        Verdict verdict = verdict(token, known == null ? KeySet.NONE : known);
        return verdict instanceof KeyWanted wanted
                ? withNewerKeys(token, wanted.keyId(), deadline)
                : Mono.just(outcome(verdict));
    }

    private Mono<Outcome> withNewerKeys(String token, String keyId, Deadline deadline) {
        Duration patience = Duration.ofNanos(deadline.cut(Long.MAX_VALUE, System.nanoTime()));
        return keys.having(issuer, keyId)
                .timeout(patience, Mono.empty())
                .map(newer -> outcome(verdict(token, newer)))
                .switchIfEmpty(Mono.fromSupplier(this::unknownKey));
    }

    private Verdict verdict(String token, KeySet set) {
        return check.check(token, set, clock.instant());
    }

    private Outcome unknownKey() {
        return new Refused(keys.known(issuer) == null ? Denial.NO_KEYS : Denial.TOKEN_REFUSED);
    }

    private static Outcome outcome(Verdict verdict) {
        if (verdict instanceof Trusted trusted) {
            return new Subject(trusted.subject());
        }
        if (verdict instanceof Unscoped) {
            return new Refused(Denial.TOKEN_UNSCOPED);
        }
        boolean isExpired = verdict instanceof Untrusted untrusted && untrusted.fault() == TokenFault.EXPIRED;
        return new Refused(isExpired ? Denial.TOKEN_EXPIRED : Denial.TOKEN_REFUSED);
    }

    @Override
    public String toString() {
        return "tokens of an issuer";
    }
}
