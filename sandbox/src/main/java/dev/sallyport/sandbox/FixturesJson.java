package dev.sallyport.sandbox;

import dev.sallyport.sandbox.accesstoken.AccessTokenFlaw;
import dev.sallyport.sandbox.issuer.TrustedTokenFlaw;
import dev.sallyport.sandbox.reply.Json;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The fixtures as JSON, for programs in other languages: ready to be put into a request. */
final class FixturesJson {
    private FixturesJson() {}

    static ObjectNode of(Fixtures fixtures) {
        ObjectNode json = Json.object();
        json.putObject("consumer")
                .put("project_id", Fixtures.CONSUMER_PROJECT_ID)
                .put("secret", Fixtures.CONSUMER_SECRET)
                .put("user_id", Fixtures.USER_ID)
                .put("email", Fixtures.EMAIL)
                .put("session_token", Fixtures.USER_SESSION_TOKEN)
                .put("session_jwt", fixtures.userSessionJwt());
        json.set("b2b", b2b(fixtures));
        json.set("foreign_session_tokens", foreign());
        json.set("access_tokens", access(fixtures));
        json.set("intermediate_session_tokens", intermediate(fixtures));
        json.set("trusted_tokens", trusted(fixtures));
        return json;
    }

    private static ObjectNode b2b(Fixtures fixtures) {
        ObjectNode b2b = Json.object()
                .put("project_id", Fixtures.B2B_PROJECT_ID)
                .put("secret", Fixtures.B2B_SECRET)
                .put("member_id", Fixtures.PLAIN_MEMBER_ID)
                .put("email", Fixtures.EMAIL);
        b2b.putObject("organizations")
                .put("plain", Fixtures.PLAIN_ORGANIZATION_ID)
                .put("requires_mfa", Fixtures.MFA_ORGANIZATION_ID)
                .put("sso_only", Fixtures.SSO_ORGANIZATION_ID)
                .put("without_members", Fixtures.CLOSED_ORGANIZATION_ID);
        b2b.putObject("session_tokens")
                .put("magic_link", Fixtures.MEMBER_SESSION_TOKEN)
                .put("two_factors", Fixtures.TWO_FACTOR_SESSION_TOKEN)
                .put("password", Fixtures.PASSWORD_SESSION_TOKEN)
                .put("of_another_member", Fixtures.OTHER_MEMBER_SESSION_TOKEN)
                .put("of_an_admin", Fixtures.ADMIN_SESSION_TOKEN);
        return b2b.put("session_jwt", fixtures.memberSessionJwt());
    }

    private static ObjectNode foreign() {
        return Json.object()
                .put("good", Fixtures.FOREIGN_TOKEN)
                .put("of_a_stranger", Fixtures.FOREIGN_TOKEN_OF_A_STRANGER)
                .put("without_email", Fixtures.FOREIGN_TOKEN_WITHOUT_EMAIL)
                .put("with_invalid_email", Fixtures.FOREIGN_TOKEN_WITH_INVALID_EMAIL)
                .put("userinfo_down", Fixtures.FOREIGN_TOKEN_USERINFO_DOWN)
                .put("userinfo_garbage", Fixtures.FOREIGN_TOKEN_USERINFO_GARBAGE)
                .put("userinfo_slow", Fixtures.FOREIGN_TOKEN_USERINFO_SLOW);
    }

    /** Returns access tokens, good for one exchange each; the flawed ones are the user's. */
    private static ObjectNode access(Fixtures fixtures) {
        ObjectNode access =
                Json.object().put("of_user", fixtures.userAccessToken()).put("of_member", fixtures.memberAccessToken());
        for (AccessTokenFlaw flaw : AccessTokenFlaw.values()) {
            access.put(flaw.name().toLowerCase(Locale.ROOT), fixtures.userAccessToken(flaw));
        }
        return access;
    }

    private static ObjectNode intermediate(Fixtures fixtures) {
        return Json.object()
                .put("magic_link", fixtures.intermediateSessionToken())
                .put("two_factors", fixtures.twoFactorIntermediateSessionToken());
    }

    private static ObjectNode trusted(Fixtures fixtures) {
        ObjectNode trusted = Json.object()
                .put("profile_id", Fixtures.TRUSTED_PROFILE_ID)
                .put("user_profile_id", Fixtures.USER_TRUSTED_PROFILE_ID)
                .put("good", fixtures.trustedToken());
        for (TrustedTokenFlaw flaw : TrustedTokenFlaw.values()) {
            trusted.put(flaw.name().toLowerCase(Locale.ROOT), fixtures.trustedToken(flaw));
        }
        return trusted;
    }
}
