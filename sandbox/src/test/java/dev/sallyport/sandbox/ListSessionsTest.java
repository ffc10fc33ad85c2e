package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Lists the sessions of users and of members, and tells who asks. */
class ListSessionsTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    private static List<String> ids(JsonNode sessions) {
        return sessions.values().stream()
                .map(session -> session.path("session_id").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {Fixtures.USER_ID, Fixtures.USER_EXTERNAL_ID})
    void a_users_sessions_are_listed_by_either_id(String user) {
        String opened = client.migrateUser(Client.goodUserMigration())
                .json()
                .at("/session/session_id")
                .asString();

        JsonNode reply = client.getAuthorized(Client.LIST_USER + user).json();

        assertThat(ids(reply.path("sessions"))).hasSizeGreaterThan(1).contains(opened);
    }

    @Test
    void a_session_that_was_revoked_is_not_listed() {
        JsonNode opened = client.migrateUser(Client.goodUserMigration()).json();
        client.post(
                Client.REVOKE_USER,
                Client.body(Map.of("session_token", opened.path("session_token").asString())));

        JsonNode reply =
                client.getAuthorized(Client.LIST_USER + Fixtures.USER_ID).json();

        assertThat(ids(reply.path("sessions")))
                .doesNotContain(opened.at("/session/session_id").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/sessions, 400, bad_request",
        "/v1/sessions?user_id=, 400, bad_request",
        "/v1/sessions?user_id=unknown, 404, user_not_found",
        "/v1/b2b/sessions?organization_id=crm-1001, 400, bad_request",
        "/v1/b2b/sessions?member_id=ada-1001, 400, bad_request",
        "/v1/b2b/sessions?organization_id=nowhere&member_id=ada-1001, 404, organization_not_found",
        "/v1/b2b/sessions?organization_id=crm-1002&member_id=ada-1001, 404, member_not_found",
    })
    void a_list_of_an_unknown_user_is_refused(String path, int status, String errorType) {
        Client.Answer answer = client.getAuthorized(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_type")).isEqualTo(errorType);
    }

    @ParameterizedTest
    @CsvSource({
        Fixtures.PLAIN_ORGANIZATION_ID + ", " + Fixtures.PLAIN_MEMBER_ID,
        Fixtures.PLAIN_ORGANIZATION_SLUG + ", " + Fixtures.PLAIN_MEMBER_EXTERNAL_ID,
    })
    void a_members_sessions_are_listed_by_any_name(String organization, String member) {
        JsonNode sessions = client.getAuthorized(
                        Client.LIST_MEMBER + "?organization_id=" + organization + "&member_id=" + member)
                .json()
                .path("member_sessions");

        assertThat(sessions.values())
                .hasSize(3)
                .allSatisfy(session ->
                        assertThat(session.path("member_id").asString()).isEqualTo(Fixtures.PLAIN_MEMBER_ID));
    }

    @Test
    void a_body_on_a_get_is_not_looked_at() {
        Client.Answer answer = client.send(client.request(Client.LIST_USER + Fixtures.USER_ID)
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json; charset=utf-8")
                .method("GET", BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_project_of_either_product_learns_its_name() {
        JsonNode consumer = client.getAuthorized(Client.WHOAMI).json();
        JsonNode b2b = client.get(Client.WHOAMI, "Authorization", Fixtures.b2bAuthorization())
                .json();

        assertThat(consumer.path("project_id").asString()).isEqualTo(Fixtures.CONSUMER_PROJECT_ID);
        assertThat(consumer.path("name").asString()).isEqualTo("Sandbox (consumer)");
        assertThat(b2b.path("project_id").asString()).isEqualTo(Fixtures.B2B_PROJECT_ID);
    }

    @Test
    void a_caller_without_credentials_learns_nothing() {
        assertThat(client.get(Client.WHOAMI).text("error_type")).isEqualTo("unauthorized_credentials");
        assertThat(client.get(Client.LIST_USER + Fixtures.USER_ID).status()).isEqualTo(401);
    }
}
