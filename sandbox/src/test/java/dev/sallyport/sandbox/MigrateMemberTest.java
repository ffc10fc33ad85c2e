package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MigrateMemberTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    @ParameterizedTest
    @ValueSource(
            strings = {
                Fixtures.PLAIN_ORGANIZATION_ID,
                Fixtures.PLAIN_ORGANIZATION_SLUG,
                Fixtures.PLAIN_ORGANIZATION_EXTERNAL_ID
            })
    void an_organization_may_be_called_by_id_slug_or_external_id(String organization) {
        JsonNode reply = client.migrateMember(Client.goodMemberMigration().put("organization_id", organization))
                .json();

        assertThat(reply.path("member_id").asString()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(reply.at("/organization/organization_id").asString()).isEqualTo(Fixtures.PLAIN_ORGANIZATION_ID);
    }

    @Test
    void the_jwt_speaks_for_the_member_within_the_organization() throws Exception {
        JsonNode reply = client.migrateMember(Client.goodMemberMigration()).json();
        String jwt = reply.path("session_jwt").asString();

        JWTClaimsSet claims = Tokens.claims(jwt);

        assertThat(new Tokens(client).isGenuine(Fixtures.B2B_PROJECT_ID, jwt)).isTrue();
        assertThat(claims.getSubject()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
        assertThat(claims.getIssuer()).isEqualTo("stytch.com/" + Fixtures.B2B_PROJECT_ID);
        assertThat(claims.getJSONObjectClaim("https://stytch.com/organization"))
                .isEqualTo(Map.of(
                        "organization_id", Fixtures.PLAIN_ORGANIZATION_ID, "slug", Fixtures.PLAIN_ORGANIZATION_SLUG));
    }

    @Test
    void a_session_lasts_an_hour_by_default() {
        JsonNode session =
                client.migrateMember(Client.goodMemberMigration()).json().path("member_session");

        Instant start = Instant.parse(session.path("started_at").asString());

        assertThat(Instant.parse(session.path("expires_at").asString())).isEqualTo(start.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({
        Fixtures.FOREIGN_TOKEN + ", no-such-organization, 404, organization_not_found",
        Fixtures.FOREIGN_TOKEN + ", closed-club, 400, migrate_from_external_email_does_not_exist",
        Fixtures.FOREIGN_TOKEN_OF_A_STRANGER + ", sso-works, 400, migrate_from_external_email_does_not_exist",
        Fixtures.FOREIGN_TOKEN_WITHOUT_EMAIL + ", sso-works, 400, migrate_from_external_missing_userinfo",
        Fixtures.FOREIGN_TOKEN_USERINFO_DOWN + ", sso-works, 400, migrate_from_external_unexpected_response",
    })
    void a_migration_that_cannot_succeed_is_refused(String token, String organization, int status, String type) {
        Client.Answer answer =
                client.migrateMember(Client.body(Map.of("session_token", token, "organization_id", organization)));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_type")).isEqualTo(type);
    }

    @Test
    void an_organization_must_be_named() {
        Client.Answer answer = client.migrateMember(Client.body(Map.of("session_token", Fixtures.FOREIGN_TOKEN)));

        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }
}
