package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.accesstoken.AccessTokenFlaw;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Exchanges access tokens of users and of members. */
class ExchangeAccessTokenTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();
    private final Fixtures fixtures = SANDBOX.sandbox().fixtures();

    private static ObjectNode body(String token) {
        return Client.body(Map.of("access_token", token));
    }

    @Test
    void a_users_token_and_a_duration_open_a_session() {
        JsonNode reply = client.post(
                        Client.EXCHANGE_ACCESS_USER,
                        body(fixtures.userAccessToken()).put("session_duration_minutes", 60))
                .json();

        JsonNode factor = reply.at("/session/authentication_factors/0");
        assertThat(reply.path("user_id").asString()).isEqualTo(Fixtures.USER_ID);
        assertThat(factor.path("delivery_method").asString()).isEqualTo("oauth_access_token_exchange");
        assertThat(factor.at("/oauth_access_token_exchange_factor/client_id").asString())
                .startsWith("connected-app-test-");
    }

    @Test
    void without_a_duration_no_session_of_a_user_is_opened() {
        JsonNode reply = client.post(Client.EXCHANGE_ACCESS_USER, body(fixtures.userAccessToken()))
                .json();

        assertThat(reply.path("session").isNull()).isTrue();
        assertThat(reply.path("session_jwt").asString("absent")).isEmpty();
    }

    @Test
    void a_members_token_opens_a_session_at_home() {
        JsonNode reply = client.post(Client.EXCHANGE_ACCESS_MEMBER, body(fixtures.memberAccessToken()))
                .json();

        assertThat(reply.at("/member_session/member_id").asString()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(reply.at("/organization/organization_id").asString()).isEqualTo(Fixtures.PLAIN_ORGANIZATION_ID);
        assertThat(reply.has("member_authenticated")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_flawed_token_is_refused(AccessTokenFlaw flaw) {
        Client.Answer user = client.post(Client.EXCHANGE_ACCESS_USER, body(fixtures.userAccessToken(flaw)));
        Client.Answer member = client.post(Client.EXCHANGE_ACCESS_MEMBER, body(fixtures.memberAccessToken(flaw)));

        assertThat(user.text("error_type")).isEqualTo(flaw.errorType());
        assertThat(member.text("error_type")).isEqualTo(flaw.errorType());
    }

    @Test
    void a_token_is_good_for_one_exchange() {
        String token = fixtures.memberAccessToken();
        client.post(Client.EXCHANGE_ACCESS_MEMBER, body(token));

        Client.Answer again = client.post(Client.EXCHANGE_ACCESS_MEMBER, body(token));

        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("error_type")).isEqualTo("idp_access_token_could_not_be_exchanged");
    }

    @Test
    void a_token_of_another_project_is_invalid() {
        Client.Answer answer = client.post(Client.EXCHANGE_ACCESS_MEMBER, body(fixtures.userAccessToken()));

        assertThat(answer.text("error_type")).isEqualTo("oauth_access_token_exchange_token_invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x.y.z", "no token"})
    void what_is_no_access_token_is_invalid(String token) {
        Client.Answer answer = client.post(Client.EXCHANGE_ACCESS_USER, body(token));

        assertThat(answer.text("error_type")).isEqualTo("oauth_access_token_exchange_token_invalid_grant");
    }

    @Test
    void a_session_jwt_is_no_access_token() {
        Client.Answer answer = client.post(Client.EXCHANGE_ACCESS_USER, body(fixtures.userSessionJwt()));

        assertThat(answer.text("error_type")).isEqualTo("oauth_access_token_exchange_token_invalid_grant");
    }
}
