package dev.sallyport.token;

import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.json.StrictJson;
import dev.sallyport.token.SignatureCheck.Flawed;
import dev.sallyport.token.SignatureCheck.Genuine;
import dev.sallyport.token.SignatureCheck.OtherKey;
import dev.sallyport.token.keys.KeySet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decides whether an access token (RFC 7519, RFC 9068) of an issuer may be trusted, and whom it names: signed with the one algorithm
 * and a key of the issuer's, issued by it, for this audience, valid now, and with every scope that is asked for. A pure decision.
 * Thread-safe.
 */
public final class AccessTokenCheck {
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_NAME = 256;
    private static final StrictJson JSON = new StrictJson(16);

    /** What issuers write; others say that the token is of another kind, such as the notice of a logout. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final Terms terms;
    private final SignatureCheck signature;

    /**
     * What a token must be.
     *
     * @param audience must be named; others may be named beside it
     * @param scopes all of them must be granted
     * @param claim names the caller
     * @param skew how far the issuer's clock may be off
     * @param maxAge the longest time from its issue to its end
     */
    public record Terms(
            String issuer, String audience, Set<String> scopes, String claim, Duration skew, Duration maxAge) {
        public Terms {
            scopes = Set.copyOf(scopes);
        }
    }

    /** What is said of a token. */
    public sealed interface Verdict {}

    /** It may be trusted, and names this caller. */
    public record Trusted(String subject) implements Verdict {
        @Override
        public String toString() {
            return "trusted";
        }
    }

    /** In order so far, but signed with a key that is not in the set. */
    public record KeyWanted(String keyId) implements Verdict {}

    /** It may be trusted, but lacks a scope. */
    public record Unscoped() implements Verdict {}

    /** Not to be let through. */
    public record Untrusted(TokenFault fault) implements Verdict {}

    public AccessTokenCheck(TokenAlgorithm algorithm, Terms terms) {
        this.terms = terms;
        this.signature = new SignatureCheck(new HeaderCheck(algorithm.name(), AccessTokenCheck::isType), LONGEST);
    }

    private static boolean isType(@Nullable String type) {
        return type == null || TYPES.contains(type.toLowerCase(Locale.ROOT));
    }

    public Verdict check(String token, KeySet keys, Instant now) {
        SignatureCheck.Outcome outcome = signature.check(token.getBytes(StandardCharsets.UTF_8), keys);
        if (outcome instanceof Genuine genuine) {
            return claims(genuine.claims(), now.getEpochSecond());
        }
        return outcome instanceof OtherKey other
                ? new KeyWanted(other.keyId())
                : new Untrusted(((Flawed) outcome).fault());
    }

    private Verdict claims(byte[] json, long now) {
        @Nullable JsonNode claims = JSON.tree(json);
        if (claims == null || !claims.isObject()) {
            return new Untrusted(TokenFault.MALFORMED);
        }
        @Nullable TokenFault fault = namesFault(claims);
        if (fault == null) {
            fault = timesFault(claims, now);
        }
        if (fault != null) {
            return new Untrusted(fault);
        }
        return scopes(claims).containsAll(terms.scopes())
                ? new Trusted(claims.path(terms.claim()).stringValue())
                : new Unscoped();
    }

    private @Nullable TokenFault namesFault(JsonNode claims) {
        JsonNode issuer = claims.path("iss");
        if (!issuer.isString() || !issuer.stringValue().equals(terms.issuer())) {
            return TokenFault.WRONG_ISSUER;
        }
        if (!texts(claims.path("aud")).contains(terms.audience())) {
            return TokenFault.WRONG_AUDIENCE;
        }
        JsonNode name = claims.path(terms.claim());
        boolean isNamed = name.isString()
                && !name.stringValue().isEmpty()
                && name.stringValue().length() <= LONGEST_NAME;
        return isNamed ? null : TokenFault.CLAIMS_BREAK_CONTRACT;
    }

    private @Nullable TokenFault timesFault(JsonNode claims, long now) {
        JsonNode end = claims.path("exp");
        JsonNode issued = claims.path("iat");
        JsonNode begin = claims.path("nbf");
        if (!end.isNumber() || isOddDate(issued) || isOddDate(begin)) {
            return TokenFault.CLAIMS_BREAK_CONTRACT;
        }
        long skew = terms.skew().toSeconds();
        if (seconds(end) <= now - skew) {
            return TokenFault.EXPIRED;
        }
        if (begin.isNumber() && seconds(begin) > now + skew) {
            return TokenFault.NOT_YET_VALID;
        }
        long since = issued.isNumber() ? seconds(issued) : now;
        if (since > now + skew) {
            return TokenFault.ISSUED_IN_FUTURE;
        }
        return seconds(end) - since > terms.maxAge().toSeconds() ? TokenFault.LIVES_TOO_LONG : null;
    }

    private static boolean isOddDate(JsonNode date) {
        return !date.isMissingNode() && !date.isNumber();
    }

    /** A NumericDate in whole seconds; absurd ones saturate, so that they are refused by what they are compared with. */
    private static long seconds(JsonNode date) {
        return (long)
                Math.max(-1e15, Math.min(1e15, Math.floor(date.decimalValue().doubleValue())));
    }

    /** As RFC 8693, 4.2, has them, and as issuers beside it do. */
    private static Set<String> scopes(JsonNode claims) {
        Set<String> granted = new HashSet<>();
        for (JsonNode claim : List.of(claims.path("scope"), claims.path("scp"))) {
            texts(claim).forEach(text -> granted.addAll(List.of(text.split(" ", -1))));
        }
        return granted;
    }

    /** One text, or a list of them. */
    private static Set<String> texts(JsonNode claim) {
        Set<String> texts = new HashSet<>();
        if (claim.isString()) {
            texts.add(claim.stringValue());
        } else if (claim.isArray()) {
            claim.values().stream().filter(JsonNode::isString).forEach(text -> texts.add(text.stringValue()));
        }
        return texts;
    }
}
