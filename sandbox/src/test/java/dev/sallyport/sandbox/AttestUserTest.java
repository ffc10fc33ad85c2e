package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.issuer.TrustedTokenFlaw;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class AttestUserTest {
    /** A user has no organization, and is not found where a member would not be. */
    private static final EnumSet<TrustedTokenFlaw> OF_MEMBERS = EnumSet.of(
            TrustedTokenFlaw.WITHOUT_ORGANIZATION,
            TrustedTokenFlaw.UNKNOWN_ORGANIZATION,
            TrustedTokenFlaw.UNKNOWN_EMAIL);

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();
    private final Fixtures fixtures = SANDBOX.sandbox().fixtures();

    @Test
    void a_trusted_token_and_a_duration_open_a_session() {
        JsonNode reply = client.post(
                        Client.ATTEST_USER,
                        Client.userAttestation(fixtures.trustedToken()).put("session_duration_minutes", 60))
                .json();

        assertThat(reply.path("user_id").asString()).isEqualTo(Fixtures.USER_ID);
        assertThat(reply.at("/session/authentication_factors/0/type").asString())
                .isEqualTo("trusted_auth_token");
        assertThat(Tokens.claims(reply.path("session_jwt").asString()).getIssuer())
                .isEqualTo("stytch.com/" + Fixtures.CONSUMER_PROJECT_ID);
    }

    @Test
    void without_a_duration_no_session_is_opened() {
        JsonNode reply = client.post(Client.ATTEST_USER, Client.userAttestation(fixtures.trustedToken()))
                .json();

        assertThat(reply.path("session").isNull()).isTrue();
        assertThat(reply.path("session_token").asString("absent")).isEmpty();
        assertThat(reply.path("session_jwt").asString("absent")).isEmpty();
    }

    @Test
    void a_session_that_is_there_gains_the_factor_without_a_duration() {
        String token = client.migrateUser(Client.goodUserMigration()).text("session_token");

        JsonNode reply = client.post(
                        Client.ATTEST_USER,
                        Client.userAttestation(fixtures.trustedToken()).put("session_token", token))
                .json();

        assertThat(reply.path("session_token").asString()).isEqualTo(token);
        assertThat(reply.at("/session/authentication_factors").values())
                .extracting(factor -> factor.path("type").asString())
                .containsExactly("imported", "trusted_auth_token");
    }

    @ParameterizedTest
    @EnumSource
    void a_flawed_token_is_refused_unless_only_a_member_minds(TrustedTokenFlaw flaw) {
        Client.Answer answer = client.post(Client.ATTEST_USER, Client.userAttestation(fixtures.trustedToken(flaw)));

        if (OF_MEMBERS.contains(flaw)) {
            assertThat(answer.text("error_type"))
                    .isEqualTo(flaw == TrustedTokenFlaw.UNKNOWN_EMAIL ? "user_not_found" : "");
        } else {
            assertThat(answer.text("error_type")).isEqualTo(flaw.errorType());
        }
    }

    @Test
    void a_profile_of_another_project_is_not_found() {
        Client.Answer answer = client.post(
                Client.ATTEST_USER,
                Client.userAttestation(fixtures.trustedToken()).put("profile_id", Fixtures.TRUSTED_PROFILE_ID));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("error_type")).isEqualTo("trusted_token_profile_not_found");
    }
}
