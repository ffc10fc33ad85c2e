package dev.sallyport.sandbox.demo;

import static dev.sallyport.sandbox.Fixtures.FOREIGN_TOKEN;
import static dev.sallyport.sandbox.Fixtures.MEMBER_SESSION_TOKEN;
import static dev.sallyport.sandbox.Fixtures.MFA_ORGANIZATION_ID;
import static dev.sallyport.sandbox.Fixtures.PLAIN_ORGANIZATION_ID;
import static dev.sallyport.sandbox.Fixtures.PLAIN_ORGANIZATION_SLUG;
import static dev.sallyport.sandbox.Fixtures.TRUSTED_PROFILE_ID;

import dev.sallyport.sandbox.Fixtures;
import java.util.List;
import java.util.Map;

/** The walk's calls, in their order: calls that both doors let through, then calls that one of them refuses. */
final class Steps {
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String EXCHANGE = "/v1/b2b/sessions/exchange";
    private static final String GOOD = json("{'session_token':'%s','session_duration_minutes':60}", FOREIGN_TOKEN);

    private final String consumer = Fixtures.consumerAuthorization();
    private final String b2b = Fixtures.b2bAuthorization();
    private final Fixtures fixtures;

    Steps(Fixtures fixtures) {
        this.fixtures = fixtures;
    }

    /** Calls that pass. */
    List<Step> good() {
        return List.of(
                Step.passes("Migrate a user's session from another provider", MIGRATE, consumer, GOOD),
                Step.passes(
                        "Migrate a member's session, the organization by its slug",
                        "/v1/b2b/sessions/migrate",
                        b2b,
                        json("{'session_token':'%s','organization_id':'%s'}", FOREIGN_TOKEN, PLAIN_ORGANIZATION_SLUG)),
                Step.passes(
                        "Exchange it for one in another organization", EXCHANGE, b2b, exchange(PLAIN_ORGANIZATION_ID)),
                Step.passes(
                        "The same where a second factor is due: no session yet",
                        EXCHANGE,
                        b2b,
                        exchange(MFA_ORGANIZATION_ID)),
                Step.passes("Attest with the token of a trusted issuer", "/v1/b2b/sessions/attest", b2b, attest()),
                Step.passes(
                        "Fetch the project's public keys",
                        "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID,
                        "",
                        null));
    }

    /** The provider's own error, which is none of the gateway's business. */
    Step providersOwnError() {
        String stranger = json("{'session_token':'%s'}", Fixtures.FOREIGN_TOKEN_OF_A_STRANGER);
        return new Step("The provider's own error passes untouched", MIGRATE, consumer, stranger, Map.of(), 400, null);
    }

    /** Calls that the first door refuses; the provider never sees them. */
    List<Step> refusedAtTheFirstDoor() {
        return List.of(
                Step.refused(
                        "Two things wrong at once",
                        MIGRATE,
                        consumer,
                        "{\"session_duration_minutes\":1}",
                        400,
                        "REQUEST_BREAKS_CONTRACT"),
                Step.refused(
                        "Two selectors where one is wanted",
                        EXCHANGE,
                        b2b,
                        json("{'organization_id':'%s','session_token':'a','session_jwt':'b'}", PLAIN_ORGANIZATION_ID),
                        400,
                        "REQUEST_BREAKS_CONTRACT"),
                Step.refused("Custom claims of 5 kB", MIGRATE, consumer, bigClaims(), 400, "REQUEST_BREAKS_CONTRACT"),
                Step.refused(
                        "The same member twice, once in disguise",
                        MIGRATE,
                        consumer,
                        "{\"session_token\":\"a\",\"session\\u005ftoken\":\"b\"}",
                        400,
                        "BODY_UNREADABLE"),
                Step.refused("Not said to be JSON", MIGRATE, consumer, GOOD, 415, "UNSUPPORTED_MEDIA_TYPE")
                        .with("Content-Type", "text/plain"),
                Step.refused(
                        "A path that is not the exact one",
                        "/v1/x/../sessions/migrate",
                        consumer,
                        GOOD,
                        400,
                        "MALFORMED_HTTP"),
                Step.refused("No operation of ours", "/v1/users/search", consumer, "{}", 404, "UNKNOWN_OPERATION"));
    }

    /** Replies that the second door refuses; the sandbox was asked to break them. */
    List<Step> refusedAtTheSecondDoor() {
        return List.of(
                broken("A session token signed with another key", "wrong-key", "SESSION_TOKEN_REFUSED"),
                broken("One without a signature", "alg-none", "SESSION_TOKEN_REFUSED"),
                broken("One that has expired", "expired", "SESSION_TOKEN_REFUSED"),
                broken("A genuine one, of another user", "wrong-subject", "SESSION_TOKEN_REFUSED"),
                broken("A reply without a required member", "missing-field", "REPLY_BREAKS_CONTRACT"),
                broken("A member of the wrong type", "wrong-type", "REPLY_BREAKS_CONTRACT"),
                broken("Not JSON at all", "not-json", "REPLY_BREAKS_CONTRACT"));
    }

    /** A provider that does not answer. */
    Step hanging() {
        return Step.refused("A provider that hangs", MIGRATE, consumer, GOOD, 504, "PROVIDER_TIMED_OUT")
                .with("X-Sandbox-Fault", "hang");
    }

    /** After the provider has changed its keys. */
    Step afterRotation() {
        return Step.passes("Right after the provider rotated its keys", MIGRATE, consumer, GOOD);
    }

    /** One call of a burst; refused by the first door or, once the limit is used up, before it. */
    Step oneOfABurst() {
        return Step.refused("More calls at once than the limit", MIGRATE, consumer, "{}", 429, "RATE_LIMITED");
    }

    private Step broken(String title, String fault, String reason) {
        return Step.refused(title, MIGRATE, consumer, GOOD, 502, reason).with("X-Sandbox-Fault", fault);
    }

    private static String exchange(String organization) {
        return json("{'organization_id':'%s','session_token':'%s'}", organization, MEMBER_SESSION_TOKEN);
    }

    private String attest() {
        return json("{'profile_id':'%s','token':'%s'}", TRUSTED_PROFILE_ID, fixtures.trustedToken());
    }

    private static String bigClaims() {
        return json("{'session_token':'%s','session_custom_claims':{'note':'%s'}}", FOREIGN_TOKEN, "x".repeat(5000));
    }

    private static String json(String template, Object... values) {
        return String.format(template.replace('\'', '"'), values);
    }
}
