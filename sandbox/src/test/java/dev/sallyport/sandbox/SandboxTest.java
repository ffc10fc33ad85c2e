package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.server.RecordedRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.ChannelBindException;
import tools.jackson.databind.node.ObjectNode;

class SandboxTest {
    @Test
    void requests_are_recorded_and_print_no_secrets() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            new Client(sandbox.baseUrl()).migrateUser(Client.goodUserMigration(), "X-Trace", "abc");

            RecordedRequest request = sandbox.requests().get(0);

            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.uri()).isEqualTo("/v1/sessions/migrate");
            assertThat(request.header("x-trace")).contains("abc");
            assertThat(request.bodyText()).isEqualTo(Client.goodUserMigration().toString());
            assertThat(request.toString())
                    .startsWith("POST /v1/sessions/migrate")
                    .doesNotContain(Fixtures.FOREIGN_TOKEN, "Basic ", "abc");
        }
    }

    @Test
    void no_more_than_the_latest_requests_are_recorded() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            Client client = new Client(sandbox.baseUrl());

            for (int i = 0; i < 300; i++) {
                client.get("/v1/nothing/" + i);
            }

            assertThat(sandbox.received()).isEqualTo(300);
            assertThat(sandbox.requests()).hasSize(256);
            assertThat(sandbox.requests().get(255).uri()).isEqualTo("/v1/nothing/299");
        }
    }

    @Test
    void presigned_sessions_are_used_in_turn() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(2))) {
            Client client = new Client(sandbox.baseUrl());
            List<String> tokens = new ArrayList<>();

            for (int i = 0; i < 6; i++) {
                tokens.add(client.migrateUser(Client.goodUserMigration()).text("session_jwt"));
            }

            assertThat(new HashSet<>(tokens)).hasSize(2);
            assertThat(tokens.get(4)).isEqualTo(tokens.get(0));
            assertThat(new Tokens(client).isGenuine(Fixtures.CONSUMER_PROJECT_ID, tokens.get(0)))
                    .isTrue();
        }
    }

    @Test
    void a_presigned_session_has_the_very_custom_claims_that_were_asked_for() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(1))) {
            Client client = new Client(sandbox.baseUrl());
            ObjectNode gold = Client.goodUserMigration();
            gold.putObject("session_custom_claims").put("plan", "gold");
            ObjectNode silver = Client.goodUserMigration();
            silver.putObject("session_custom_claims").put("plan", "silver");

            String first = client.migrateUser(gold).text("session_jwt");
            String other = client.migrateUser(silver).text("session_jwt");
            String again = client.migrateUser(gold).text("session_jwt");

            assertThat(again).isEqualTo(first).isNotEqualTo(other);
            assertThat(Tokens.claims(first).getClaim("plan")).isEqualTo("gold");
            assertThat(Tokens.claims(other).getClaim("plan")).isEqualTo("silver");
        }
    }

    @Test
    void a_presigned_session_that_was_revoked_does_not_come_back() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(1))) {
            Client client = new Client(sandbox.baseUrl());
            String first = client.migrateUser(Client.goodUserMigration()).text("session_token");
            client.post(Client.REVOKE_USER, Client.body(Map.of("session_token", first)));

            String second = client.migrateUser(Client.goodUserMigration()).text("session_token");

            assertThat(second).isNotEqualTo(first);
        }
    }

    @Test
    void the_jwts_of_one_session_are_presigned_too() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(1))) {
            Client client = new Client(sandbox.baseUrl());
            ObjectNode body = Client.body(Map.of("session_token", Fixtures.USER_SESSION_TOKEN));

            String first = client.post(Client.AUTHENTICATE_USER, body).text("session_jwt");

            assertThat(client.post(Client.AUTHENTICATE_USER, body).text("session_jwt"))
                    .isEqualTo(first);
        }
    }

    @Test
    void the_oldest_session_is_forgotten_but_a_well_known_one_never() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withSessions(1))) {
            Client client = new Client(sandbox.baseUrl());
            String first = client.exchange(Client.goodExchange()).text("session_token");
            client.exchange(Client.goodExchange());

            Client.Answer forgotten = client.exchange(Client.goodExchange().put("session_token", first));
            Client.Answer wellKnown = client.exchange(Client.goodExchange());

            assertThat(forgotten.text("error_type")).isEqualTo("session_not_found");
            assertThat(wellKnown.status()).isEqualTo(200);
        }
    }

    @Test
    void time_is_what_the_clock_says() {
        Instant then = Instant.parse("2030-01-01T00:00:00Z");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withClock(Clock.fixed(then, ZoneOffset.UTC)))) {
            String jwt = new Client(sandbox.baseUrl())
                    .migrateUser(Client.goodUserMigration())
                    .text("session_jwt");

            assertThat(Tokens.claims(jwt).getIssueTime()).isEqualTo(then);
        }
    }

    @Test
    void an_operation_waits_as_long_as_asked() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withLatency(Duration.ofMillis(300)))) {
            Client client = new Client(sandbox.baseUrl());
            long start = System.nanoTime();

            client.exchange(Client.goodExchange());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void a_userinfo_endpoint_that_is_not_there_is_an_unexpected_response() {
        URI unreachable = URI.create("http://127.0.0.1:1/userinfo");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withUserInfoUrl(unreachable))) {
            Client.Answer answer = new Client(sandbox.baseUrl()).migrateUser(Client.goodUserMigration());

            assertThat(answer.text("error_type")).isEqualTo("migrate_from_external_unexpected_response");
        }
    }

    @Test
    void a_userinfo_endpoint_may_be_somewhere_else() {
        try (Sandbox elsewhere = Sandbox.start(SandboxOptions.defaults());
                Sandbox sandbox = Sandbox.start(SandboxOptions.defaults()
                        .withUserInfoUrl(URI.create(elsewhere.baseUrl() + "/issuer/userinfo")))) {
            Client.Answer answer = new Client(sandbox.baseUrl()).migrateUser(Client.goodUserMigration());

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_an_error() {
        try (Sandbox first = Sandbox.start(SandboxOptions.defaults())) {
            SandboxOptions same = SandboxOptions.defaults().withPort(first.port());

            assertThatThrownBy(() -> Sandbox.start(same)).isInstanceOf(ChannelBindException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void a_port_that_cannot_be_is_refused(int port) {
        assertThatThrownBy(() -> SandboxOptions.defaults().withPort(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port is " + port);
    }

    @Test
    void the_fixtures_are_in_the_directory() {
        Directory directory = Directory.wellKnown();

        assertThat(directory.projects())
                .extracting(Project::id)
                .containsExactly(Fixtures.CONSUMER_PROJECT_ID, Fixtures.B2B_PROJECT_ID);
        assertThat(directory.organizations())
                .extracting(Organization::id)
                .containsExactly(
                        Fixtures.PLAIN_ORGANIZATION_ID,
                        Fixtures.MFA_ORGANIZATION_ID,
                        Fixtures.SSO_ORGANIZATION_ID,
                        Fixtures.CLOSED_ORGANIZATION_ID);
        assertThat(List.of(
                        Fixtures.MFA_ORGANIZATION_SLUG,
                        Fixtures.MFA_ORGANIZATION_EXTERNAL_ID,
                        Fixtures.SSO_ORGANIZATION_SLUG,
                        Fixtures.SSO_ORGANIZATION_EXTERNAL_ID,
                        Fixtures.CLOSED_ORGANIZATION_SLUG,
                        Fixtures.CLOSED_ORGANIZATION_EXTERNAL_ID))
                .allMatch(name -> directory.organization(name).isPresent());
        assertThat(directory.member(Fixtures.SSO_MEMBER_ID)).isPresent();
    }
}
