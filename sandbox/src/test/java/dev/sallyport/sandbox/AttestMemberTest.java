package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sallyport.sandbox.issuer.TrustedTokenFlaw;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class AttestMemberTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();
    private final Fixtures fixtures = SANDBOX.sandbox().fixtures();

    @Test
    void a_trusted_token_opens_a_session() throws Exception {
        String trusted = fixtures.trustedToken();

        JsonNode reply = client.attest(Client.attestation(trusted)).json();

        JWTClaimsSet claims = Tokens.claims(reply.path("session_jwt").asString());
        JsonNode factor = reply.at("/member_session/authentication_factors/0");
        assertThat(claims.getSubject()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(factor.path("type").asString()).isEqualTo("trusted_auth_token");
        assertThat(factor.path("delivery_method").asString()).isEqualTo("trusted_token_exchange");
        assertThat(factor.at("/trusted_auth_token_factor/token_id").asString())
                .isEqualTo(Tokens.claims(trusted).getJWTID());
    }

    @ParameterizedTest
    @EnumSource
    void a_flawed_token_is_refused(TrustedTokenFlaw flaw) {
        Client.Answer answer = client.attest(Client.attestation(fixtures.trustedToken(flaw)));

        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.text("error_type")).isEqualTo(flaw.errorType());
    }

    @Test
    void a_token_without_an_organization_will_do_if_the_request_names_one() {
        String trusted = fixtures.trustedToken(TrustedTokenFlaw.WITHOUT_ORGANIZATION);

        Client.Answer answer =
                client.attest(Client.attestation(trusted).put("organization_id", Fixtures.PLAIN_ORGANIZATION_SLUG));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void token_and_request_must_not_name_different_organizations() {
        Client.Answer answer = client.attest(
                Client.attestation(fixtures.trustedToken()).put("organization_id", Fixtures.SSO_ORGANIZATION_ID));

        assertThat(answer.text("error_type")).isEqualTo("invalid_token_organization_id_claim");
    }

    @Test
    void an_organization_that_does_not_exist_is_not_found() {
        String trusted = fixtures.trustedToken(TrustedTokenFlaw.WITHOUT_ORGANIZATION);

        Client.Answer answer = client.attest(Client.attestation(trusted).put("organization_id", "nowhere"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("error_type")).isEqualTo("organization_not_found");
    }

    @Test
    void a_profile_that_does_not_exist_is_not_found() {
        Client.Answer answer =
                client.attest(Client.attestation(fixtures.trustedToken()).put("profile_id", "ttp-test-unknown"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("error_type")).isEqualTo("trusted_token_profile_not_found");
    }

    @Test
    void something_that_is_no_jwt_is_refused() {
        Client.Answer answer = client.attest(Client.attestation("not a token"));

        assertThat(answer.text("error_type")).isEqualTo("invalid_trusted_auth_token");
    }

    @Test
    void a_session_that_is_there_gains_the_factor_and_keeps_its_token() {
        String token = client.exchange(Client.goodExchange()).text("session_token");

        JsonNode reply = client.attest(
                        Client.attestation(fixtures.trustedToken()).put("session_token", token))
                .json();

        assertThat(reply.path("session_token").asString()).isEqualTo(token);
        assertThat(reply.at("/member_session/authentication_factors").values())
                .extracting(factor -> factor.path("type").asString())
                .containsExactly("magic_link", "trusted_auth_token");
    }

    @Test
    void the_session_of_another_member_is_refused() {
        Client.Answer answer = client.attest(
                Client.attestation(fixtures.trustedToken()).put("session_token", Fixtures.OTHER_MEMBER_SESSION_TOKEN));

        assertThat(answer.text("error_type")).isEqualTo("member_session_member_id_mismatch");
    }

    @Test
    void profile_and_token_are_required() {
        Client.Answer answer = client.attest(Client.body(Map.of("profile_id", Fixtures.TRUSTED_PROFILE_ID)));

        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }
}
