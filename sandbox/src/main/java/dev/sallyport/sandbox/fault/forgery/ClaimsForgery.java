package dev.sallyport.sandbox.fault.forgery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What can be wrong with the claims of a token that is genuinely signed. */
enum ClaimsForgery implements Forgery {
    EXP_MISSING("The JWT has no exp.", forge -> forge.claims(claims -> claims.remove("exp"))),
    IAT_MISSING("The JWT has no iat.", forge -> forge.claims(claims -> claims.remove("iat"))),
    NBF_MISSING("The JWT has no nbf.", forge -> forge.claims(claims -> claims.remove("nbf"))),
    SUB_MISSING("The JWT has no sub.", forge -> forge.claims(claims -> claims.remove("sub"))),
    ISS_MISSING("The JWT has no iss.", forge -> forge.claims(claims -> claims.remove("iss"))),
    AUD_MISSING("The JWT has no aud.", forge -> forge.claims(claims -> claims.remove("aud"))),
    EXP_TEXT(
            "The JWT's exp is a string.",
            forge -> forge.claims(claims -> claims.put("exp", claims.path("exp").asString()))),
    EXP_NULL("The JWT's exp is null.", forge -> forge.claims(claims -> claims.putNull("exp"))),
    EXP_FRACTION(
            "The JWT's exp has half a second.",
            forge -> raw(forge, "exp", forge.claims().path("exp").asLong() + ".5")),
    EXP_INFINITE("The JWT's exp is 1e400, more than a double holds.", forge -> raw(forge, "exp", "1e400")),
    EXP_ABSURD(
            "The JWT's exp is 1e99999999999, more than any arithmetic takes.",
            forge -> raw(forge, "exp", "1e99999999999")),
    EXP_WRAPS(
            "The JWT's exp is two to the 64th and a little, which wraps around to now.",
            forge -> raw(
                    forge,
                    "exp",
                    BigInteger.TWO
                            .pow(64)
                            .add(BigInteger.valueOf(forge.claims().path("exp").asLong()))
                            .toString())),
    EXP_MILLISECONDS(
            "The JWT's exp is in milliseconds.",
            forge -> forge.claims(claims -> claims.put("exp", claims.path("exp").asLong() * 1000))),
    EXP_NEGATIVE("The JWT's exp lies before 1970.", forge -> forge.claims(claims -> claims.put("exp", -1))),
    EXP_BEFORE_IAT(
            "The JWT expires before it is issued; both are within the clock's skew.",
            forge -> forge.claims(claims -> claims.put("exp", claims.path("iat").asLong() - 1))),
    LIFETIME_A_SECOND_LONGER(
            "The JWT lives for five minutes and a second.",
            forge -> forge.claims(claims -> claims.put("exp", claims.path("iat").asLong() + 301))),
    IAT_TEXT(
            "The JWT's iat is a string.",
            forge -> forge.claims(claims -> claims.put("iat", claims.path("iat").asString()))),
    IAT_NEGATIVE("The JWT's iat lies before 1970.", forge -> forge.claims(claims -> claims.put("iat", -1))),
    IAT_LONG_AGO(
            "The JWT's iat lies a day back; it is still valid.",
            forge -> forge.claims(claims -> claims.put("iat", claims.path("iat").asLong() - 86_400))),
    NBF_TEXT(
            "The JWT's nbf is a string.",
            forge -> forge.claims(claims -> claims.put("nbf", claims.path("nbf").asString()))),
    NBF_AFTER_EXP(
            "The JWT's nbf lies behind its exp.",
            forge -> forge.claims(claims -> claims.put("nbf", claims.path("exp").asLong() + 1))),
    SUB_EMPTY("The JWT's sub is empty.", forge -> forge.claims(claims -> claims.put("sub", ""))),
    SUB_NUMBER("The JWT's sub is a number.", forge -> forge.claims(claims -> claims.put("sub", 7))),
    SUB_CAPITALS(
            "The JWT's sub is in capitals.",
            forge -> forge.claims(
                    claims -> claims.put("sub", claims.path("sub").asString().toUpperCase(Locale.ROOT)))),
    SESSION_NULL("The JWT's session claim is null.", forge -> forge.claims(claims -> claims.putNull(Forge.SESSION))),
    SESSION_TEXT(
            "The JWT's session claim is a string.",
            forge -> forge.claims(claims -> claims.put(Forge.SESSION, "session-test-1"))),
    SESSION_WITHOUT_ID(
            "The JWT's session claim has no id.",
            forge -> forge.claims(claims ->
                    claims.withObject("/https:~1~1stytch.com~1session").remove("id"))),
    ORGANIZATION_MISSING(
            "The JWT has no organization claim (B2B only).",
            forge -> forge.claims(claims -> claims.remove(Forge.ORGANIZATION))),
    ORGANIZATION_NULL(
            "The JWT's organization claim is null (B2B only).",
            forge -> forge.claims(claims -> claims.putNull(Forge.ORGANIZATION))),
    ORGANIZATION_EMPTY(
            "The JWT's organization claim names an empty id (B2B only).",
            forge -> forge.claims(claims -> claims.putObject(Forge.ORGANIZATION).put("organization_id", ""))),
    M2M_TOKEN("An access token of a machine, of the same keys, issuer and audience.", ClaimsForgery::ofMachine),
    CONNECTED_APP_TOKEN(
            "An access token of a connected app, of the same keys, issuer, audience and subject.",
            ClaimsForgery::ofConnectedApp),
    ID_TOKEN("An ID token of OpenID Connect, of the same keys, issuer, audience and subject.", ClaimsForgery::idToken),
    CLAIMS_LIST(
            "The JWT's claims are a list with the claims in it.",
            forge -> forge.signed(forge.header().toString(), "[" + forge.claims() + "]")),
    CLAIMS_TEXT(
            "The JWT's claims are a JSON string.",
            forge -> forge.signed(forge.header().toString(), "\"claims\"")),
    CLAIMS_NOT_JSON(
            "The JWT's claims are no JSON.",
            forge -> forge.signed(forge.header().toString(), "claims")),
    CLAIMS_CUT_SHORT(
            "The JWT's claims break off.",
            forge -> forge.signed(
                    forge.header().toString(), forge.claims().toString().substring(0, 100))),
    CLAIMS_TRAILING_DATA(
            "There is a second object behind the JWT's claims.",
            forge -> forge.signed(forge.header().toString(), forge.claims() + "{}")),
    CLAIMS_DUPLICATE("The JWT has sub twice, another user's first.", forge -> front(forge, "{\"sub\":\"another\",")),
    CLAIMS_DUPLICATE_ESCAPED(
            "The JWT has exp twice, once escaped.", forge -> front(forge, "{\"\\u0065xp\":9999999999,")),
    CLAIMS_DUPLICATE_SESSION(
            "The JWT has its session claim twice.",
            forge -> front(forge, "{\"https://stytch.com/session\":{\"id\":\"session\"},")),
    CLAIMS_DEEP(
            "The JWT's claims nest a thousand arrays deep.",
            forge -> front(forge, "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + ",")),
    CLAIMS_NOT_UTF8(
            "The JWT's claims have a byte that is not UTF-8.",
            forge -> forge.signed(
                    ("{\"x\":\"\u00ff\"," + forge.claims().toString().substring(1)).getBytes(ISO_8859_1))),
    CLAIMS_UNPAIRED_SURROGATE(
            "The JWT's claims have half of a surrogate pair, escaped.", forge -> front(forge, "{\"x\":\"\\ud800\",")),
    CLAIMS_BYTE_ORDER_MARK(
            "The JWT's claims begin with a byte order mark.",
            forge -> forge.signed(forge.header().toString(), "\ufeff" + forge.claims()));

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Recipe recipe;

    ClaimsForgery(String sentence, Function<Forge, String> work) {
        recipe = new Recipe(sentence, work);
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    /** Returns a token with a claim written as it stands. */
    private static String raw(Forge forge, String claim, String json) {
        String claims = forge.claims().put(claim, "@").toString();
        return forge.signed(forge.header().toString(), claims.replace("\"@\"", json));
    }

    /** Returns a token whose claims begin with other text. */
    private static String front(Forge forge, String front) {
        String claims = front + forge.claims().toString().substring(1);
        return forge.signed(forge.header().toString(), claims);
    }

    private static String ofMachine(Forge forge) {
        return forge.claims(claims -> claims.put("sub", "m2m-client-test-00000000-0000-4000-8000-000000000000")
                .put("scope", "read:users write:users")
                .remove(List.of(Forge.SESSION, Forge.ORGANIZATION)));
    }

    private static String ofConnectedApp(Forge forge) {
        return forge.claims(claims -> claims.put("client_id", "connected-app-test-00000000-0000-4000-8000-000000000000")
                .put("scope", "openid profile full_access")
                .remove(Forge.SESSION));
    }

    private static String idToken(Forge forge) {
        return forge.claims(claims -> claims.put("nonce", "n-0S6")
                .put("auth_time", claims.path("iat").asLong())
                .remove(Forge.SESSION));
    }
}
