package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MigrateUserTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    @Test
    void a_foreign_session_becomes_a_session_of_the_user() {
        JsonNode reply = client.migrateUser(Client.goodUserMigration()).json();

        assertThat(reply.path("user_id").asString()).isEqualTo(Fixtures.USER_ID);
        assertThat(reply.path("request_id").asString()).matches("request-id-test-[0-9a-f-]{36}");
        assertThat(reply.path("session_token").asString()).hasSize(44);
        assertThat(reply.at("/session/user_id").asString()).isEqualTo(Fixtures.USER_ID);
        assertThat(reply.at("/session/authentication_factors/0/type").asString())
                .isEqualTo("imported");
        assertThat(reply.at("/session/authentication_factors/0/delivery_method").asString())
                .isEqualTo("imported_auth0");
    }

    @Test
    void the_jwt_is_signed_with_a_published_key_and_speaks_for_the_user() throws Exception {
        JsonNode reply = client.migrateUser(Client.goodUserMigration()).json();
        String jwt = reply.path("session_jwt").asString();

        JWTClaimsSet claims = Tokens.claims(jwt);

        assertThat(new Tokens(client).isGenuine(Fixtures.CONSUMER_PROJECT_ID, jwt))
                .isTrue();
        assertThat(claims.getIssuer()).isEqualTo("stytch.com/" + Fixtures.CONSUMER_PROJECT_ID);
        assertThat(claims.getAudience()).containsExactly(Fixtures.CONSUMER_PROJECT_ID);
        assertThat(claims.getSubject()).isEqualTo(Fixtures.USER_ID);
        assertThat(claims.getExpirationTime())
                .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(300));
        assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
        assertThat(claims.getJSONObjectClaim("https://stytch.com/session"))
                .containsEntry("id", reply.at("/session/session_id").asString())
                .containsEntry("expires_at", reply.at("/session/expires_at").asString())
                .containsKeys("started_at", "last_accessed_at", "attributes", "authentication_factors", "roles");
        assertThat(claims.getClaim("https://stytch.com/organization")).isNull();
    }

    @Test
    void without_a_duration_no_session_is_opened() {
        JsonNode reply = client.migrateUser(Client.body(Map.of("session_token", Fixtures.FOREIGN_TOKEN)))
                .json();

        assertThat(reply.path("status_code").asInt()).isEqualTo(200);
        assertThat(reply.path("session_token").asString()).isEmpty();
        assertThat(reply.path("session_jwt").asString()).isEmpty();
        assertThat(reply.path("session").isNull()).isTrue();
        assertThat(reply.at("/user/user_id").asString()).isEqualTo(Fixtures.USER_ID);
    }

    @ParameterizedTest
    @CsvSource({
        Fixtures.FOREIGN_TOKEN_OF_A_STRANGER + ", migrate_from_external_email_does_not_exist",
        Fixtures.FOREIGN_TOKEN_WITHOUT_EMAIL + ", migrate_from_external_missing_userinfo",
        Fixtures.FOREIGN_TOKEN_WITH_INVALID_EMAIL + ", migrate_from_external_missing_userinfo",
        Fixtures.FOREIGN_TOKEN_USERINFO_DOWN + ", migrate_from_external_unexpected_response",
        Fixtures.FOREIGN_TOKEN_USERINFO_GARBAGE + ", migrate_from_external_unexpected_response",
        Fixtures.FOREIGN_TOKEN_USERINFO_SLOW + ", migrate_from_external_unexpected_response",
        "a token that was never given out, invalid_session_token",
        "a-token-that-was-never-given-out, migrate_from_external_unexpected_response",
    })
    void a_foreign_session_that_cannot_be_resolved_is_refused(String foreignToken, String errorType) {
        Client.Answer answer =
                client.migrateUser(Client.body(Map.of("session_token", foreignToken, "session_duration_minutes", 60)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo(errorType);
    }

    @Test
    void the_custom_claims_stand_at_the_top_of_the_jwt_and_reserved_ones_are_ignored() throws Exception {
        JsonNode reply = client.migrateUser(Client.goodUserMigration()
                        .set("session_custom_claims", Client.body(Map.of("plan", "gold", "sub", "another", "exp", 1))))
                .json();

        JWTClaimsSet claims = Tokens.claims(reply.path("session_jwt").asString());

        assertThat(claims.getStringClaim("plan")).isEqualTo("gold");
        assertThat(claims.getSubject()).isEqualTo(Fixtures.USER_ID);
        assertThat(reply.at("/session/custom_claims")).isEqualTo(Client.body(Map.of("plan", "gold")));
    }

    @Test
    void a_null_claim_is_left_out() {
        JsonNode reply = client.migrateUser(Client.goodUserMigration()
                        .set("session_custom_claims", Client.body(Map.of()).putNull("plan")))
                .json();

        assertThat(reply.at("/session/custom_claims").isEmpty()).isTrue();
    }

    @Test
    void every_session_is_another() {
        String first = client.migrateUser(Client.goodUserMigration()).text("session_token");

        String second = client.migrateUser(Client.goodUserMigration()).text("session_token");

        assertThat(second).isNotEqualTo(first);
    }
}
