package dev.sallyport.sandbox;

import dev.sallyport.sandbox.accesstoken.AccessTokenFlaw;
import dev.sallyport.sandbox.accesstoken.AccessTokenMint;
import dev.sallyport.sandbox.issuer.TrustedTokenFlaw;
import dev.sallyport.sandbox.issuer.TrustedTokenMint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What every sandbox knows from the start, by name, so that documentation can show calls that work. */
public final class Fixtures {
    public static final String CONSUMER_PROJECT_ID = "project-test-11111111-1111-4111-8111-111111111111";
    public static final String CONSUMER_SECRET = "secret-test-sandbox-consumer";
    public static final String B2B_PROJECT_ID = "project-test-22222222-2222-4222-8222-222222222222";
    public static final String B2B_SECRET = "secret-test-sandbox-b2b";

    /** The one person who has an account in both projects. */
    public static final String EMAIL = "ada@example.com";

    public static final String USER_ID = "user-test-33333333-3333-4333-8333-333333333333";

    public static final String USER_EXTERNAL_ID = "ada";

    /** Accepts whatever a member logs in with. */
    public static final String PLAIN_ORGANIZATION_ID = "organization-test-44444444-4444-4444-8444-444444444444";

    public static final String PLAIN_ORGANIZATION_SLUG = "example-pet-store";
    public static final String PLAIN_ORGANIZATION_EXTERNAL_ID = "crm-1001";

    /** Asks every member for a second factor. */
    public static final String MFA_ORGANIZATION_ID = "organization-test-55555555-5555-4555-8555-555555555555";

    public static final String MFA_ORGANIZATION_SLUG = "careful-bank";
    public static final String MFA_ORGANIZATION_EXTERNAL_ID = "crm-1002";

    /** Accepts single sign-on only. */
    public static final String SSO_ORGANIZATION_ID = "organization-test-66666666-6666-4666-8666-666666666666";

    public static final String SSO_ORGANIZATION_SLUG = "sso-works";
    public static final String SSO_ORGANIZATION_EXTERNAL_ID = "crm-1003";

    /** Has no members. */
    public static final String CLOSED_ORGANIZATION_ID = "organization-test-77777777-7777-4777-8777-777777777777";

    public static final String CLOSED_ORGANIZATION_SLUG = "closed-club";
    public static final String CLOSED_ORGANIZATION_EXTERNAL_ID = "crm-1004";

    public static final String PLAIN_MEMBER_ID = "member-test-88888888-8888-4888-8888-888888888888";
    public static final String PLAIN_MEMBER_EXTERNAL_ID = "ada-1001";
    public static final String MFA_MEMBER_ID = "member-test-99999999-9999-4999-8999-999999999999";
    public static final String SSO_MEMBER_ID = "member-test-aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    /** A second person, in the plain organization, enrolled in MFA with an authenticator app and no telephone. */
    public static final String OTHER_MEMBER_ID = "member-test-bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    /** A third person, in the plain organization, who may revoke the sessions of its members. */
    public static final String ADMIN_MEMBER_ID = "member-test-dddddddd-dddd-4ddd-8ddd-dddddddddddd";

    /** A foreign session token that resolves to {@link #EMAIL}. */
    public static final String FOREIGN_TOKEN = "foreign-session-of-ada";

    public static final String FOREIGN_TOKEN_OF_A_STRANGER = "foreign-session-of-a-stranger";
    public static final String FOREIGN_TOKEN_WITHOUT_EMAIL = "foreign-session-without-email";
    public static final String FOREIGN_TOKEN_WITH_INVALID_EMAIL = "foreign-session-with-invalid-email";
    public static final String FOREIGN_TOKEN_USERINFO_DOWN = "foreign-session-userinfo-down";
    public static final String FOREIGN_TOKEN_USERINFO_GARBAGE = "foreign-session-userinfo-garbage";
    public static final String FOREIGN_TOKEN_USERINFO_SLOW = "foreign-session-userinfo-slow";

    /** The B2B project's profile, whose tokens {@link #trustedToken} makes. */
    public static final String TRUSTED_PROFILE_ID = "ttp-test-cccccccc-cccc-4ccc-8ccc-cccccccccccc";

    /** The consumer project's profile, for the same tokens. */
    public static final String USER_TRUSTED_PROFILE_ID = "ttp-test-ffffffff-ffff-4fff-8fff-ffffffffffff";

    public static final String TRUSTED_AUDIENCE = "sallyport-sandbox";

    /** A session of {@link #PLAIN_MEMBER_ID} that began with a magic link: ready to be exchanged. */
    public static final String MEMBER_SESSION_TOKEN = "ada_magic_link_session_000000000000000000000";

    /** The same member, with a passcode by SMS as the second factor. */
    public static final String TWO_FACTOR_SESSION_TOKEN = "ada_two_factor_session_000000000000000000000";

    /** The same member, with a password: nothing of it counts elsewhere. */
    public static final String PASSWORD_SESSION_TOKEN = "ada_password_session_00000000000000000000000";

    /** A session of {@link #OTHER_MEMBER_ID}. */
    public static final String OTHER_MEMBER_SESSION_TOKEN = "grace_magic_link_session_0000000000000000000";

    /** A session of {@link #ADMIN_MEMBER_ID}. */
    public static final String ADMIN_SESSION_TOKEN = "joan_magic_link_session_00000000000000000000";

    /** A session of {@link #USER_ID} that began with a magic link. */
    public static final String USER_SESSION_TOKEN = "ada_consumer_session_00000000000000000000000";

    private final TrustedTokenMint trusted;
    private final AccessTokenMint access;
    private final WellKnownLogins logins;
    private final String memberSessionJwt;
    private final String userSessionJwt;

    Fixtures(
            TrustedTokenMint trusted,
            AccessTokenMint access,
            WellKnownLogins logins,
            UnaryOperator<String> jwtOfSession) {
        this.trusted = trusted;
        this.access = access;
        this.logins = logins;
        this.memberSessionJwt = jwtOfSession.apply(MEMBER_SESSION_TOKEN);
        this.userSessionJwt = jwtOfSession.apply(USER_SESSION_TOKEN);
    }

    /** Mints a trusted auth token for the member of the plain organization and for the user, good but for the flaws. */
    public String trustedToken(TrustedTokenFlaw... flaws) {
        TrustedTokenMint.Holder ada =
                new TrustedTokenMint.Holder(EMAIL, PLAIN_ORGANIZATION_ID, PLAIN_MEMBER_EXTERNAL_ID, USER_EXTERNAL_ID);
        return trusted.token(ada, Set.of(flaws));
    }

    /** Mints an access token of {@link #USER_ID}, good for one exchange but for the flaws. */
    public String userAccessToken(AccessTokenFlaw... flaws) {
        return access.token(CONSUMER_PROJECT_ID, USER_ID, Set.of(flaws));
    }

    /** Mints an access token of {@link #PLAIN_MEMBER_ID}, good for one exchange but for the flaws. */
    public String memberAccessToken(AccessTokenFlaw... flaws) {
        return access.token(B2B_PROJECT_ID, PLAIN_MEMBER_ID, Set.of(flaws));
    }

    /** Begins a login of {@link #EMAIL} by magic link, and returns its intermediate session token: ten minutes, one success. */
    public String intermediateSessionToken() {
        return logins.begin(false);
    }

    /** Begins the same login, with a passcode by SMS as the second factor. */
    public String twoFactorIntermediateSessionToken() {
        return logins.begin(true);
    }

    /** Returns a JWT that speaks for {@link #MEMBER_SESSION_TOKEN}'s session. */
    public String memberSessionJwt() {
        return memberSessionJwt;
    }

    /** Returns a JWT that speaks for {@link #USER_SESSION_TOKEN}'s session. */
    public String userSessionJwt() {
        return userSessionJwt;
    }

    /** Returns the value of an Authorization header for the consumer project. */
    public static String consumerAuthorization() {
        return basic(CONSUMER_PROJECT_ID, CONSUMER_SECRET);
    }

    /** Returns the value of an Authorization header for the B2B project. */
    public static String b2bAuthorization() {
        return basic(B2B_PROJECT_ID, B2B_SECRET);
    }

    private static String basic(String id, String secret) {
        byte[] credentials = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
