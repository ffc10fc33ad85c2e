package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Authenticates sessions of users and of members. */
class AuthenticateTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    private static ObjectNode user() {
        return Client.body(Map.of("session_token", Fixtures.USER_SESSION_TOKEN));
    }

    private static ObjectNode member() {
        return Client.body(Map.of("session_token", Fixtures.MEMBER_SESSION_TOKEN));
    }

    private ObjectNode freshUser() {
        String token = client.migrateUser(Client.goodUserMigration()).text("session_token");
        return Client.body(Map.of("session_token", token));
    }

    @Test
    void a_users_session_is_confirmed_with_a_new_jwt() {
        JsonNode reply = client.post(Client.AUTHENTICATE_USER, user()).json();

        assertThat(reply.path("session_token").asString()).isEqualTo(Fixtures.USER_SESSION_TOKEN);
        assertThat(reply.at("/session/user_id").asString()).isEqualTo(Fixtures.USER_ID);
        assertThat(reply.at("/user/user_id").asString()).isEqualTo(Fixtures.USER_ID);
        assertThat(reply.has("user_id")).isFalse();
        assertThat(reply.path("verdict").isNull()).isTrue();
        assertThat(new Tokens(client)
                        .isGenuine(
                                Fixtures.CONSUMER_PROJECT_ID,
                                reply.path("session_jwt").asString()))
                .isTrue();
    }

    @Test
    void a_members_session_is_confirmed_with_member_and_organization() {
        JsonNode reply = client.post(Client.AUTHENTICATE_MEMBER, member()).json();

        JWTClaimsSet claims = Tokens.claims(reply.path("session_jwt").asString());
        assertThat(claims.getSubject()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(reply.at("/member/member_id").asString()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(reply.at("/organization/organization_id").asString()).isEqualTo(Fixtures.PLAIN_ORGANIZATION_ID);
        assertThat(reply.at("/member_session/organization_slug").asString())
                .isEqualTo(Fixtures.PLAIN_ORGANIZATION_SLUG);
    }

    @Test
    void who_comes_with_a_jwt_gets_a_jwt_and_no_token() {
        String jwt = SANDBOX.sandbox().fixtures().userSessionJwt();

        JsonNode reply = client.post(Client.AUTHENTICATE_USER, Client.body(Map.of("session_jwt", jwt)))
                .json();

        assertThat(reply.path("session_token").asString("absent")).isEmpty();
        assertThat(reply.path("session_jwt").asString()).isNotEmpty();
    }

    @Test
    void without_a_duration_a_session_ends_when_it_would_have() {
        ObjectNode fresh = freshUser();

        JsonNode reply = client.post(Client.AUTHENTICATE_USER, fresh).json();

        assertThat(lifetime(reply)).isEqualTo(Duration.ofMinutes(60));
    }

    @Test
    void with_a_duration_a_session_lasts_that_long_from_now() {
        ObjectNode fresh = freshUser();

        JsonNode reply = client.post(Client.AUTHENTICATE_USER, fresh.put("session_duration_minutes", 600))
                .json();

        assertThat(lifetime(reply)).isBetween(Duration.ofMinutes(600), Duration.ofMinutes(601));
    }

    private static Duration lifetime(JsonNode reply) {
        return Duration.between(
                Instant.parse(reply.at("/session/started_at").asString()),
                Instant.parse(reply.at("/session/expires_at").asString()));
    }

    @Test
    void claims_are_merged_a_null_removes_one_and_reserved_ones_are_ignored() {
        ObjectNode fresh = freshUser();
        ObjectNode first = fresh.deepCopy();
        first.putObject("session_custom_claims")
                .put("plan", "gold")
                .put("old", 1)
                .putObject("in")
                .put("a", 1);
        ObjectNode second = fresh.deepCopy();
        second.putObject("session_custom_claims")
                .putNull("old")
                .put("sub", "me")
                .putObject("in")
                .put("b", 2);
        client.post(Client.AUTHENTICATE_USER, first);

        JsonNode reply = client.post(Client.AUTHENTICATE_USER, second).json();

        assertThat(reply.at("/session/custom_claims")).hasToString("{\"plan\":\"gold\",\"in\":{\"a\":1,\"b\":2}}");
    }

    @Test
    void neither_a_jwt_of_another_issuer_nor_an_access_token_names_a_session() {
        Fixtures fixtures = SANDBOX.sandbox().fixtures();

        for (String jwt : List.of(fixtures.trustedToken(), fixtures.userAccessToken())) {
            Client.Answer answer = client.post(Client.AUTHENTICATE_USER, Client.body(Map.of("session_jwt", jwt)));
            assertThat(answer.text("error_type")).isEqualTo("unable_to_parse_session_jwt");
        }
    }

    @Test
    void a_session_of_another_project_is_not_found() {
        Client.Answer answer = client.post(Client.AUTHENTICATE_USER, member());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("error_type")).isEqualTo("session_not_found");
    }

    @Test
    void a_session_must_be_named_once() {
        Client.Answer none = client.post(Client.AUTHENTICATE_MEMBER, Client.body(Map.of()));
        Client.Answer two = client.post(Client.AUTHENTICATE_MEMBER, member().put("session_jwt", "x.y.z"));

        assertThat(none.text("error_type")).isEqualTo("no_session_arguments");
        assertThat(two.text("error_type")).isEqualTo("too_many_session_arguments");
    }

    @Test
    void a_user_who_may_is_told_which_role_allows_it() {
        ObjectNode body = user();
        body.putObject("authorization_check").put("resource_id", "documents").put("action", "read");

        JsonNode verdict = client.post(Client.AUTHENTICATE_USER, body).json().path("verdict");

        assertThat(verdict).hasToString("{\"authorized\":true,\"granting_roles\":[\"stytch_user\"]}");
    }

    @Test
    void a_user_who_may_not_is_refused() {
        ObjectNode body = user();
        body.putObject("authorization_check").put("resource_id", "documents").put("action", "delete");

        Client.Answer answer = client.post(Client.AUTHENTICATE_USER, body);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("error_type")).isEqualTo("consumer_session_authorization_error");
        assertThat(answer.text("error_message"))
                .isEqualTo("The User is not authorized to perform the requested action on that resource.");
    }

    @ParameterizedTest
    @CsvSource({
        Fixtures.MEMBER_SESSION_TOKEN + ", read, " + Fixtures.PLAIN_ORGANIZATION_ID + ", 200, ''",
        Fixtures.MEMBER_SESSION_TOKEN + ", read, " + Fixtures.PLAIN_ORGANIZATION_SLUG + ", 200, ''",
        Fixtures.ADMIN_SESSION_TOKEN + ", delete, " + Fixtures.PLAIN_ORGANIZATION_ID + ", 200, ''",
        Fixtures.OTHER_MEMBER_SESSION_TOKEN + ", delete, " + Fixtures.PLAIN_ORGANIZATION_ID + ", 200, ''",
        Fixtures.MEMBER_SESSION_TOKEN + ", delete, " + Fixtures.PLAIN_ORGANIZATION_ID
                + ", 403, session_authorization_error",
        Fixtures.ADMIN_SESSION_TOKEN + ", read, " + Fixtures.MFA_ORGANIZATION_ID
                + ", 403, session_authorization_tenancy_error",
    })
    void a_member_may_do_what_the_roles_allow_at_home(
            String token, String action, String organization, int status, String errorType) {
        ObjectNode body = Client.body(Map.of("session_token", token));
        body.putObject("authorization_check")
                .put("organization_id", organization)
                .put("resource_id", "documents")
                .put("action", action);

        Client.Answer answer = client.post(Client.AUTHENTICATE_MEMBER, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_type")).isEqualTo(errorType);
    }

    @Test
    void an_incomplete_check_is_a_bad_request() {
        ObjectNode body = member();
        body.putObject("authorization_check").put("resource_id", "documents").put("action", "read");

        Client.Answer answer = client.post(Client.AUTHENTICATE_MEMBER, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }
}
