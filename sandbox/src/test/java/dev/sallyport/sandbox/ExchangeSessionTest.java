package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ExchangeSessionTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    @Test
    void a_session_that_satisfies_the_organization_is_exchanged() {
        JsonNode reply = client.exchange(Client.goodExchange()).json();

        assertThat(reply.path("member_authenticated").asBoolean()).isTrue();
        assertThat(reply.path("intermediate_session_token").asString()).isEmpty();
        assertThat(reply.path("mfa_required").isNull()).isTrue();
        assertThat(reply.path("primary_required").isNull()).isTrue();
        assertThat(reply.at("/member_session/authentication_factors/0/type").asString())
                .isEqualTo("magic_link");
        assertThat(new Tokens(client)
                        .isGenuine(
                                Fixtures.B2B_PROJECT_ID,
                                reply.path("session_jwt").asString()))
                .isTrue();
    }

    @Test
    void an_organization_that_requires_mfa_gives_an_intermediate_token_and_no_session() {
        JsonNode reply = client.exchange(Client.exchangeInto(Fixtures.MFA_ORGANIZATION_ID))
                .json();

        assertIsUnfinished(reply);
        assertThat(reply.path("primary_required").isNull()).isTrue();
        assertThat(reply.at("/mfa_required/member_options/mfa_phone_number").asString())
                .isEqualTo("+12025550123");
        assertThat(reply.at("/mfa_required/secondary_auth_initiated").asString())
                .isEqualTo("sms_otp");
    }

    @Test
    void a_second_factor_satisfies_an_organization_that_requires_mfa() {
        JsonNode reply = client.exchange(Client.exchangeInto(Fixtures.MFA_ORGANIZATION_ID)
                        .put("session_token", Fixtures.TWO_FACTOR_SESSION_TOKEN))
                .json();

        assertThat(reply.path("member_authenticated").asBoolean()).isTrue();
        assertThat(reply.path("member_id").asString()).isEqualTo(Fixtures.MFA_MEMBER_ID);
    }

    @Test
    void a_member_who_is_enrolled_needs_mfa_anywhere_and_without_a_phone_nothing_is_sent() {
        JsonNode reply = client.exchange(
                        Client.goodExchange().put("session_token", Fixtures.OTHER_MEMBER_SESSION_TOKEN))
                .json();

        assertIsUnfinished(reply);
        assertThat(reply.at("/mfa_required/secondary_auth_initiated").isNull()).isTrue();
        assertThat(reply.at("/mfa_required/member_options/totp_registration_id").asString())
                .startsWith("totp-test-");
    }

    @Test
    void an_organization_that_does_not_accept_the_primary_factor_says_what_it_accepts() {
        JsonNode reply = client.exchange(Client.exchangeInto(Fixtures.SSO_ORGANIZATION_ID))
                .json();

        assertIsUnfinished(reply);
        assertThat(reply.path("mfa_required").isNull()).isTrue();
        assertThat(reply.at("/primary_required/allowed_auth_methods/0").asString())
                .isEqualTo("sso");
    }

    private static void assertIsUnfinished(JsonNode reply) {
        assertThat(reply.path("status_code").asInt()).isEqualTo(200);
        assertThat(reply.path("member_authenticated").asBoolean(true)).isFalse();
        assertThat(reply.path("session_token").asString("absent")).isEmpty();
        assertThat(reply.path("session_jwt").asString("absent")).isEmpty();
        assertThat(reply.path("member_session").isNull()).isTrue();
        assertThat(reply.path("intermediate_session_token").asString()).hasSize(44);
    }

    @Test
    void a_session_may_be_named_by_its_jwt() {
        ObjectNode body = Client.body(Map.of(
                "session_jwt",
                SANDBOX.sandbox().fixtures().memberSessionJwt(),
                "organization_id",
                Fixtures.PLAIN_ORGANIZATION_ID));

        Client.Answer answer = client.exchange(body);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_session_that_was_opened_here_can_be_exchanged_again() {
        String token = client.exchange(Client.goodExchange()).text("session_token");

        Client.Answer answer = client.exchange(Client.goodExchange().put("session_token", token));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm, crm-1001, 404, session_not_found",
        "too-short, crm-1001, 400, invalid_session_token",
        Fixtures.PASSWORD_SESSION_TOKEN + ", crm-1001, 400, insufficient_factors_for_session_exchange",
        Fixtures.MEMBER_SESSION_TOKEN + ", no-such-organization, 404, organization_not_found",
        Fixtures.MEMBER_SESSION_TOKEN + ", crm-1004, 400, member_does_not_exist_in_organization",
    })
    void an_exchange_that_cannot_succeed_is_refused(String token, String organization, int status, String type) {
        Client.Answer answer =
                client.exchange(Client.body(Map.of("session_token", token, "organization_id", organization)));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_type")).isEqualTo(type);
    }

    @Test
    void a_session_must_be_named() {
        Client.Answer answer = client.exchange(Client.body(Map.of("organization_id", Fixtures.PLAIN_ORGANIZATION_ID)));

        assertThat(answer.text("error_type")).isEqualTo("no_session_arguments");
    }

    @Test
    void a_session_must_not_be_named_twice() {
        Client.Answer answer = client.exchange(Client.goodExchange().put("session_jwt", "x.y.z"));

        assertThat(answer.text("error_type")).isEqualTo("too_many_session_arguments");
        assertThat(answer.text("error_message")).startsWith("Please include at most one of session_token, session_jwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.y.z", "eyJhbGciOiJub25lIn0.e30."})
    void a_session_jwt_that_is_none_of_ours_is_refused(String jwt) {
        Client.Answer answer = client.exchange(
                Client.body(Map.of("session_jwt", jwt, "organization_id", Fixtures.PLAIN_ORGANIZATION_ID)));

        assertThat(answer.text("error_type")).isEqualTo("unable_to_parse_session_jwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "pt-br", "ptbr", "de-DE", "deDE", "ja"})
    void a_known_locale_is_accepted(String locale) {
        assertThat(client.exchange(Client.goodExchange().put("locale", locale)).status())
                .isEqualTo(200);
    }

    @Test
    void an_unknown_locale_is_refused() {
        Client.Answer answer = client.exchange(Client.goodExchange().put("locale", "tlh"));

        assertThat(answer.text("error_type")).isEqualTo("invalid_locale");
        assertThat(answer.text("error_message")).isEqualTo("locale is invalid.");
    }
}
