package dev.sallyport.sandbox.issuer;

import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.session.key.Jws;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Signs trusted auth tokens as the foreign provider would: five minutes long, with every claim that the mapping reads. */
public final class TrustedTokenMint {
    private final OidcIssuer issuer;
    private final String audience;
    private final Clock clock;

    public TrustedTokenMint(OidcIssuer issuer, String audience, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /** Whom a token speaks for: as a member of an organization, and as a user. */
    public record Holder(String email, String organizationId, String externalMemberId, String externalUserId) {
        @Override
        public String toString() {
            return "Holder";
        }
    }

    /** Returns a token for that holder, good but for the flaws. */
    public String token(Holder holder, Set<TrustedTokenFlaw> flaws) {
        Instant now = clock.instant();
        ObjectNode claims = Json.object()
                .put("iss", issuer.name())
                .put("aud", audience)
                .put("sub", holder.email())
                .put("jti", "trusted-token-" + UUID.randomUUID())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plusSeconds(300).getEpochSecond())
                .put("email", holder.email())
                .put("organization_id", holder.organizationId())
                .put("external_member_id", holder.externalMemberId())
                .put("external_user_id", holder.externalUserId());
        flaws.forEach(flaw -> spoil(claims, flaw, now));
        return sign(claims, flaws);
    }

    private static void spoil(ObjectNode claims, TrustedTokenFlaw flaw, Instant now) {
        switch (flaw) {
            case WRONG_AUDIENCE -> claims.put("aud", "another");
            case WRONG_ISSUER -> claims.put("iss", "https://issuer.example.net");
            case EXPIRED -> claims.put("exp", now.minusSeconds(1).getEpochSecond());
            case WITHOUT_EMAIL -> claims.remove("email");
            case WITHOUT_TOKEN_ID -> claims.remove("jti");
            case WITHOUT_ORGANIZATION -> claims.remove("organization_id");
            case UNKNOWN_ORGANIZATION -> claims.put("organization_id", "no-such-organization");
            case UNKNOWN_EMAIL -> claims.put("email", "mallory@example.net");
            case WRONG_EXTERNAL_ID ->
                claims.put("external_member_id", "another").put("external_user_id", "another");
            case UNKNOWN_KEY, BAD_SIGNATURE, UNSIGNED -> {}
        }
    }

    private String sign(ObjectNode claims, Set<TrustedTokenFlaw> flaws) {
        if (flaws.contains(TrustedTokenFlaw.UNSIGNED)) {
            return Jws.unsigned(Json.object().put("alg", "none"), claims);
        }
        if (flaws.contains(TrustedTokenFlaw.UNKNOWN_KEY)) {
            return issuer.key().signAs("no-such-key", claims);
        }
        String token = issuer.key().sign(claims);
        return flaws.contains(TrustedTokenFlaw.BAD_SIGNATURE) ? tamper(token) : token;
    }

    /** Changes the first character of the signature; the last one may carry bits that mean nothing. */
    private static String tamper(String token) {
        int place = token.lastIndexOf('.') + 1;
        char other = token.charAt(place) == 'A' ? 'B' : 'A';
        return token.substring(0, place) + other + token.substring(place + 1);
    }
}
