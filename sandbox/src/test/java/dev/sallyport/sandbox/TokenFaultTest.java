package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFaultTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.with(options -> options.withFaults(true));

    private final Client client = SANDBOX.client();
    private final Tokens tokens = new Tokens(client);

    private String jwtWith(String fault) {
        return client.exchange(Client.goodExchange(), "X-Sandbox-Fault", fault).text("session_jwt");
    }

    private JWTClaimsSet genuineClaimsWith(String fault) {
        String jwt = jwtWith(fault);
        assertThat(tokens.isGenuine(Fixtures.B2B_PROJECT_ID, jwt)).isTrue();
        return Tokens.claims(jwt);
    }

    @Test
    void wrong_key_names_a_published_key_that_does_not_verify_it() throws Exception {
        SignedJWT jwt = SignedJWT.parse(jwtWith("wrong-key"));

        assertThat(tokens.keys(Fixtures.B2B_PROJECT_ID)
                        .getKeyByKeyId(jwt.getHeader().getKeyID()))
                .isNotNull();
        assertThat(tokens.isGenuine(Fixtures.B2B_PROJECT_ID, jwt.serialize())).isFalse();
    }

    @Test
    void unknown_kid_names_a_key_that_is_not_published() throws Exception {
        SignedJWT jwt = SignedJWT.parse(jwtWith("unknown-kid"));

        assertThat(tokens.keys(Fixtures.B2B_PROJECT_ID)
                        .getKeyByKeyId(jwt.getHeader().getKeyID()))
                .isNull();
    }

    @Test
    void alg_none_has_no_signature() throws Exception {
        PlainJWT jwt = PlainJWT.parse(jwtWith("alg-none"));

        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
    }

    @Test
    void alg_hs256_takes_the_public_key_as_the_secret() throws Exception {
        SignedJWT jwt = SignedJWT.parse(jwtWith("alg-hs256"));
        byte[] secret = tokens.keys(Fixtures.B2B_PROJECT_ID)
                .getKeyByKeyId(jwt.getHeader().getKeyID())
                .toRSAKey()
                .toRSAPublicKey()
                .getEncoded();

        assertThat(jwt.verify(new MACVerifier(secret))).isTrue();
    }

    @Test
    void expired_is_over() {
        assertThat(genuineClaimsWith("expired").getExpirationTime()).isBefore(Instant.now());
    }

    @Test
    void not_yet_valid_begins_later() {
        assertThat(genuineClaimsWith("not-yet-valid").getNotBeforeTime()).isAfter(Instant.now());
    }

    @Test
    void issued_in_future_was_issued_later() {
        JWTClaimsSet claims = genuineClaimsWith("issued-in-future");

        assertThat(claims.getIssueTime()).isAfter(Instant.now());
        assertThat(claims.getNotBeforeTime()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void long_lifetime_lives_for_a_day() {
        JWTClaimsSet claims = genuineClaimsWith("long-lifetime");

        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void wrong_issuer_audience_and_subject_are_others() {
        JWTClaimsSet claims = genuineClaimsWith("wrong-issuer, wrong-audience, wrong-subject");

        assertThat(claims.getIssuer()).startsWith("stytch.com/project-test-").doesNotEndWith(Fixtures.B2B_PROJECT_ID);
        assertThat(claims.getAudience()).doesNotContain(Fixtures.B2B_PROJECT_ID);
        assertThat(claims.getSubject()).startsWith("member-test-").isNotEqualTo(Fixtures.PLAIN_MEMBER_ID);
    }

    @Test
    void wrong_session_and_organization_differ_from_the_reply() throws Exception {
        Client.Answer answer =
                client.exchange(Client.goodExchange(), "X-Sandbox-Fault", "wrong-session,wrong-organization");
        JWTClaimsSet claims = Tokens.claims(answer.text("session_jwt"));

        Map<String, Object> session = claims.getJSONObjectClaim("https://stytch.com/session");
        Map<String, Object> organization = claims.getJSONObjectClaim("https://stytch.com/organization");

        assertThat(session.get("id"))
                .isNotEqualTo(
                        answer.json().at("/member_session/member_session_id").asString());
        assertThat(organization.get("organization_id")).isNotEqualTo(Fixtures.PLAIN_ORGANIZATION_ID);
    }

    @Test
    void no_session_claim_leaves_the_rest() {
        JWTClaimsSet claims = genuineClaimsWith("no-session-claim");

        assertThat(claims.getClaims()).doesNotContainKey("https://stytch.com/session");
        assertThat(claims.getSubject()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
    }

    @Test
    void empty_and_garbage_jwts_come_with_a_session() {
        Client.Answer empty = client.exchange(Client.goodExchange(), "X-Sandbox-Fault", "empty-jwt");
        Client.Answer garbage = client.exchange(Client.goodExchange(), "X-Sandbox-Fault", "garbage-jwt");

        assertThat(empty.text("session_jwt")).isEmpty();
        assertThat(empty.json().path("member_session").isObject()).isTrue();
        assertThat(garbage.text("session_jwt")).isEqualTo("this is not a JWT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-key", "expired", "wrong-organization", "alg-none"})
    void a_reply_without_a_session_is_left_alone(String fault) {
        Client.Answer answer =
                client.exchange(Client.exchangeInto(Fixtures.MFA_ORGANIZATION_ID), "X-Sandbox-Fault", fault);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("session_jwt")).isEmpty();
    }

    @Test
    void a_fault_does_not_reach_the_next_reply() {
        jwtWith("wrong-key");

        String next = client.exchange(Client.goodExchange()).text("session_jwt");

        assertThat(tokens.isGenuine(Fixtures.B2B_PROJECT_ID, next)).isTrue();
    }
}
