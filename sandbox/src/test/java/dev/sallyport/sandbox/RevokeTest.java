package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ends sessions of users and of members. */
class RevokeTest {
    private static final String TOKEN_HEADER = "X-Stytch-Member-Session";
    private static final String JWT_HEADER = "X-Stytch-Member-SessionJWT";

    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    private JsonNode freshUserSession() {
        return client.migrateUser(Client.goodUserMigration()).json();
    }

    private JsonNode freshMemberSession() {
        return client.migrateMember(Client.goodMemberMigration()).json();
    }

    private Client.Answer authenticateUser(JsonNode session) {
        return client.post(
                Client.AUTHENTICATE_USER,
                Client.body(
                        Map.of("session_token", session.path("session_token").asString())));
    }

    private static ObjectNode byToken(JsonNode session) {
        return Client.body(Map.of("session_token", session.path("session_token").asString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_token", "session_jwt", "session_id"})
    void a_users_session_is_gone_after_it_was_revoked(String selector) {
        JsonNode session = freshUserSession();
        String value = selector.equals("session_id")
                ? session.at("/session/session_id").asString()
                : session.path(selector).asString();

        Client.Answer revoked = client.post(Client.REVOKE_USER, Client.body(Map.of(selector, value)));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().propertyNames()).containsExactlyInAnyOrder("status_code", "request_id");
        assertThat(authenticateUser(session).text("error_type")).isEqualTo("session_not_found");
    }

    @Test
    void a_session_that_is_gone_is_not_found() {
        JsonNode session = freshUserSession();
        client.post(Client.REVOKE_USER, byToken(session));

        Client.Answer again = client.post(Client.REVOKE_USER, byToken(session));

        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("error_type")).isEqualTo("session_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {Client.REVOKE_USER, Client.REVOKE_MEMBER})
    void what_to_revoke_must_be_named_once(String path) {
        Client.Answer none = client.post(path, Client.body(Map.of()));
        Client.Answer two = client.post(path, Client.body(Map.of("session_token", "a", "session_jwt", "b")));

        assertThat(none.text("error_type")).isEqualTo("no_session_revoke_arguments");
        assertThat(two.text("error_type")).isEqualTo("too_many_session_revoke_arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_token", "session_jwt", "member_session_id"})
    void a_members_session_is_gone_after_it_was_revoked(String selector) {
        JsonNode session = freshMemberSession();
        String value = selector.equals("member_session_id")
                ? session.at("/member_session/member_session_id").asString()
                : session.path(selector).asString();

        Client.Answer revoked = client.post(Client.REVOKE_MEMBER, Client.body(Map.of(selector, value)));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(client.post(Client.AUTHENTICATE_MEMBER, byToken(session)).status())
                .isEqualTo(404);
    }

    @Test
    void all_sessions_of_a_member_can_be_revoked_and_no_others() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client own = new Client(sandbox.baseUrl());

            Client.Answer revoked =
                    own.post(Client.REVOKE_MEMBER, Client.body(Map.of("member_id", Fixtures.PLAIN_MEMBER_EXTERNAL_ID)));

            assertThat(revoked.status()).isEqualTo(200);
            assertThat(own.exchange(Client.goodExchange()).text("error_type")).isEqualTo("session_not_found");
            assertThat(own.post(
                                    Client.AUTHENTICATE_MEMBER,
                                    Client.body(Map.of("session_token", Fixtures.OTHER_MEMBER_SESSION_TOKEN)))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_member_who_does_not_exist_is_not_found() {
        Client.Answer answer = client.post(Client.REVOKE_MEMBER, Client.body(Map.of("member_id", "unknown")));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("error_type")).isEqualTo("member_not_found");
    }

    @Test
    void a_member_may_revoke_an_own_session() {
        JsonNode session = freshMemberSession();

        Client.Answer answer =
                client.post(Client.REVOKE_MEMBER, byToken(session), TOKEN_HEADER, Fixtures.MEMBER_SESSION_TOKEN);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_member_may_not_revoke_the_session_of_another() {
        Client.Answer answer = client.post(
                Client.REVOKE_MEMBER, byToken(freshMemberSession()), TOKEN_HEADER, Fixtures.OTHER_MEMBER_SESSION_TOKEN);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("error_type")).isEqualTo("session_authorization_error");
    }

    @Test
    void an_admin_may_revoke_the_session_of_another_and_may_come_with_a_jwt() {
        String jwt = client.post(
                        Client.AUTHENTICATE_MEMBER, Client.body(Map.of("session_token", Fixtures.ADMIN_SESSION_TOKEN)))
                .text("session_jwt");

        Client.Answer answer = client.post(Client.REVOKE_MEMBER, byToken(freshMemberSession()), JWT_HEADER, jwt);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void an_admin_may_do_nothing_in_another_organization() {
        Client.Answer answer = client.post(
                Client.REVOKE_MEMBER,
                Client.body(Map.of("member_id", Fixtures.MFA_MEMBER_ID)),
                TOKEN_HEADER,
                Fixtures.ADMIN_SESSION_TOKEN);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("error_type")).isEqualTo("session_authorization_tenancy_error");
    }

    @Test
    void two_headers_are_one_too_many() {
        Client.Answer answer =
                client.post(Client.REVOKE_MEMBER, byToken(freshMemberSession()), TOKEN_HEADER, "a", JWT_HEADER, "b");

        assertThat(answer.text("error_type")).isEqualTo("too_many_session_arguments");
    }
}
