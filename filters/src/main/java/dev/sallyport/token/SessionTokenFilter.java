package dev.sallyport.token;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.call.Value;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import dev.sallyport.relay.Instead;
import dev.sallyport.token.TokenVerdict.KeyWanted;
import dev.sallyport.token.TokenVerdict.Untrusted;
import dev.sallyport.token.TokenVerdict.Verified;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Second door: verifies the session token in a reply and binds it to the rest. The provider's own errors pass; everything else
 * fails closed, whatever the reply's contract is set to: what could not be read, what is no object, and a reply without a
 * token unless the bindings say that there is none.
 */
public final class SessionTokenFilter implements Filter<ReadCall> {
    private static final int MOST_PROJECTS = 1000;
    private static final Rejection KEYS_UNAVAILABLE = Rejection.of(
            Reason.SESSION_KEYS_UNAVAILABLE,
            "No verification keys are available for this project, so the provider's reply cannot be verified.");

    private final Contract contract;
    private final TokenContract token;
    private final ContractEnforcement bindings;
    private final TokenCheck check;
    private final KeySource keys;
    private final LoadingCache<String, TokenCheck.Expected> expectations;
    private final TokenEvents events;
    private final Clock clock;

    /**
     * For an operation that promises a token.
     *
     * @param contract promises one
     */
    public SessionTokenFilter(Contract contract, TokenTerms terms, KeySource keys, TokenEvents events, Clock clock) {
        this.contract = contract;
        this.token = contract.sessionToken().orElseThrow();
        this.bindings = terms.bindings();
        this.check = new TokenCheck(token, terms.limits());
        this.keys = keys;
        this.expectations = Caffeine.newBuilder()
                .maximumSize(MOST_PROJECTS)
                .build(project -> terms.expected().of(token, project));
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return Instead.of(
                next.send(call),
                reply -> reply instanceof Answer answer && !answer.isError() ? guarded(call, answer) : null);
    }

    /** What is told in place of an answer; null if it passes. */
    private @Nullable Mono<Reply> guarded(ReadCall call, Answer answer) {
        if (!(answer.content() instanceof Document reply) || !reply.isObject()) {
            return Mono.just(refused(answer, TokenFault.NO_DOCUMENT, List.of()));
        }
        Value jwt = reply.value(token.token().slot());
        if (!jwt.isPresent()) {
            return unlessSame(answer, withoutToken(call, answer, reply));
        }
        if (call.project() == null) {
            return Mono.just(refused(answer, TokenFault.NO_PROJECT, List.of()));
        }
        var issuer = new Issuer(token.header().jwks(), token.header().algorithm(), call.project());
        return verified(call, answer, reply, jwt.utf8(), issuer);
    }

    private static @Nullable Mono<Reply> unlessSame(Answer answer, Reply told) {
        return told == answer ? null : Mono.just(told);
    }

    private Reply withoutToken(ReadCall call, Answer answer, Document reply) {
        List<Violation> broken = bindings.refusing(call, Facts.of(call, answer, reply, null));
        if (!broken.isEmpty()) {
            return refused(answer, TokenFault.NOT_BOUND, broken);
        }
        events.none(contract.operation());
        return answer;
    }

    private @Nullable Mono<Reply> verified(ReadCall call, Answer answer, Document reply, byte[] jwt, Issuer issuer) {
        @Nullable KeySet known = keys.known(issuer);
        TokenVerdict verdict = verdict(jwt, known == null ? KeySet.NONE : known, issuer);
        return verdict instanceof KeyWanted wanted
                ? withNewerKeys(call, answer, reply, jwt, issuer, wanted.keyId())
                : unlessSame(answer, decided(call, answer, reply, verdict));
    }

    private Mono<Reply> withNewerKeys(
            ReadCall call, Answer answer, Document reply, byte[] jwt, Issuer issuer, String keyId) {
        Duration patience = Duration.ofNanos(call.deadline().cut(Long.MAX_VALUE, System.nanoTime()));
        return keys.having(issuer, keyId, call.span())
                .timeout(patience, Mono.empty())
                .map(newer -> decided(call, answer, reply, verdict(jwt, newer, issuer)))
                .switchIfEmpty(Mono.fromSupplier(() -> unknownKey(answer, issuer)));
    }

    private Reply unknownKey(Answer answer, Issuer issuer) {
        if (keys.known(issuer) != null) {
            return refused(answer, TokenFault.UNKNOWN_KEY, List.of());
        }
        events.keysUnavailable(contract.operation());
        @Nullable Throwable failure = keys.lastFailure(issuer);
        Rejection rejection = failure == null ? KEYS_UNAVAILABLE : KEYS_UNAVAILABLE.because(failure);
        return Refusal.of(rejection, answer);
    }

    private TokenVerdict verdict(byte[] jwt, KeySet set, Issuer issuer) {
        return check.check(jwt, set, expectations.get(issuer.project()), clock.instant());
    }

    private Reply decided(ReadCall call, Answer answer, Document reply, TokenVerdict verdict) {
        if (!(verdict instanceof Verified verified)) {
            TokenFault fault = verdict instanceof Untrusted refused ? refused.fault() : TokenFault.UNKNOWN_KEY;
            return refused(answer, fault, List.of());
        }
        Document claims = verified.claims();
        List<Violation> broken = bindings.refusing(call, Facts.of(call, answer, reply, claims));
        if (!broken.isEmpty()) {
            return refused(answer, TokenFault.NOT_BOUND, broken);
        }
        events.verified(contract.operation());
        return answer;
    }

    private Reply refused(Answer answer, TokenFault fault, List<Violation> broken) {
        events.refused(contract.operation(), fault);
        String message = "The provider's reply carries a session token that cannot be trusted.";
        List<Violation> found = broken.isEmpty() ? List.of(violation(fault)) : broken;
        return Refusal.of(Rejection.of(Reason.SESSION_TOKEN_REFUSED, message, found), answer);
    }

    private Violation violation(TokenFault fault) {
        String place = contract.operation().id() + "#session-token/" + fault.label();
        return new Violation(token.pointer(), fault.label(), place, "must be a session token of the provider", null);
    }

    @Override
    public String toString() {
        return "sessionToken(" + token.header().algorithm() + ", keys of "
                + token.header().jwks().id() + ")";
    }
}
