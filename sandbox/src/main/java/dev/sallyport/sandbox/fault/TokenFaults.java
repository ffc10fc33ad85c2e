package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.key.Jws;
import dev.sallyport.sandbox.session.key.KeyRing;
import dev.sallyport.sandbox.session.key.SigningKey;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** Forges a reply's session JWT. A reply without one is left alone. */
final class TokenFaults {
    private static final String UNKNOWN_ID = "-test-00000000-0000-4000-8000-000000000000";
    private static final String JWT = "session_jwt";

    private TokenFaults() {}

    static Reply apply(Fault fault, Reply reply, KeyRing keys) {
        ObjectNode body = reply.tree();
        String jwt = body.path(JWT).asString("");
        if (jwt.split("\\.", -1).length != 3) {
            return reply;
        }
        if (fault == Fault.RANDOM_KID) {
            return reply.withContent(Json.bytes(body.put(JWT, withRandomKeyId(jwt))));
        }
        return reply.withContent(Json.bytes(body.put(JWT, forged(fault, claims(jwt), keys))));
    }

    /** Nothing is signed anew, so that thousands of them cost little. */
    private static String withRandomKeyId(String jwt) {
        ObjectNode header = Json.object()
                .put("alg", "RS256")
                .put("kid", "jwk-test-" + UUID.randomUUID())
                .put("typ", "JWT");
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(header));
        return encoded + jwt.substring(jwt.indexOf('.'));
    }

    private static String forged(Fault fault, ObjectNode claims, KeyRing keys) {
        SigningKey active = keys.active();
        return switch (fault) {
            case WRONG_KEY -> keys.unpublished().signAs(active.id(), claims);
            case UNKNOWN_KID -> keys.unpublished().sign(claims);
            case ALG_NONE -> Jws.unsigned(header("none", active), claims);
            case ALG_HS256 -> Jws.hs256(header("HS256", active), claims, publicKeyAsSecret(active));
            case EMPTY_JWT -> "";
            case GARBAGE_JWT -> "this is not a JWT";
            default -> active.sign(spoiled(fault, claims));
        };
    }

    private static ObjectNode spoiled(Fault fault, ObjectNode claims) {
        long issued = claims.path("iat").asLong();
        switch (fault) {
            case EXPIRED ->
                claims.put("iat", issued - 600).put("nbf", issued - 600).put("exp", issued - 300);
            case NOT_YET_VALID -> claims.put("nbf", issued + 600).put("exp", issued + 900);
            case ISSUED_IN_FUTURE -> claims.put("iat", issued + 600).put("exp", issued + 900);
            case LONG_LIFETIME -> claims.put("exp", issued + 86_400);
            case WRONG_ISSUER -> claims.put("iss", "stytch.com/project" + UNKNOWN_ID);
            case WRONG_AUDIENCE -> claims.putArray("aud").add("project" + UNKNOWN_ID);
            case WRONG_SUBJECT -> claims.put("sub", prefix(claims.path("sub").asString()) + UNKNOWN_ID);
            case NO_SESSION_CLAIM -> claims.remove("https://stytch.com/session");
            case WRONG_SESSION -> put(claims, "https://stytch.com/session", "id", "session" + UNKNOWN_ID);
            case WRONG_ORGANIZATION ->
                put(claims, "https://stytch.com/organization", "organization_id", "organization" + UNKNOWN_ID);
            default -> throw new IllegalArgumentException("no fault of claims: " + fault);
        }
        return claims;
    }

    private static void put(ObjectNode claims, String claim, String member, String value) {
        if (claims.get(claim) instanceof ObjectNode object) {
            object.put(member, value);
        }
    }

    private static String prefix(String id) {
        return id.substring(0, id.indexOf('-'));
    }

    private static ObjectNode header(String algorithm, SigningKey key) {
        return Json.object().put("alg", algorithm).put("kid", key.id()).put("typ", "JWT");
    }

    private static SecretKeySpec publicKeyAsSecret(SigningKey key) {
        return new SecretKeySpec(key.publicKey().getEncoded(), "HmacSHA256");
    }

    private static ObjectNode claims(String jwt) {
        try {
            return (ObjectNode) Json.parse(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
