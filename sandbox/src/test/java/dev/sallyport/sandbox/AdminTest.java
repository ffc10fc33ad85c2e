package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.fault.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class AdminTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.with(options -> options.withFaults(true));

    @RegisterExtension
    static final SandboxExtension HONEST = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    private static Client.Answer post(Client client, String path) {
        return client.send(client.request(path).POST(BodyPublishers.noBody()));
    }

    @Test
    void the_fixtures_can_be_used_as_they_come() {
        JsonNode fixtures = client.get("/sandbox/fixtures").json();

        Client.Answer attested = client.attest(
                Client.attestation(fixtures.at("/trusted_tokens/good").asString()));
        Client.Answer exchanged = client.exchange(Client.exchangeInto(
                        fixtures.at("/b2b/organizations/requires_mfa").asString())
                .put(
                        "session_token",
                        fixtures.at("/b2b/session_tokens/two_factors").asString()));

        assertThat(attested.status()).isEqualTo(200);
        assertThat(exchanged.json().path("member_authenticated").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_is_listed_with_a_sentence(Fault fault) {
        JsonNode listed = client.get("/sandbox/faults").json();

        assertThat(listed.path("switched_on").asBoolean()).isTrue();
        assertThat(listed.path("faults").path(fault.wireName()).asString()).endsWith(".");
    }

    @Test
    void keys_rotate_and_old_ones_are_withdrawn() {
        String path = "/v1/b2b/sessions/jwks/" + Fixtures.B2B_PROJECT_ID;
        int before = client.get(path).json().path("keys").size();

        post(client, "/sandbox/keys/rotate");
        int rotated = client.get(path).json().path("keys").size();
        post(client, "/sandbox/keys/withdraw");
        int withdrawn = client.get(path).json().path("keys").size();

        assertThat(rotated).isEqualTo(before + 1);
        assertThat(withdrawn).isEqualTo(1);
    }

    @Test
    void published_keys_can_be_made_to_fail_only_where_faults_are_on() {
        assertThat(post(client, "/sandbox/jwks/faults/none").status()).isEqualTo(200);
        assertThat(post(client, "/sandbox/jwks/faults/no-such-fault").status()).isEqualTo(400);
        assertThat(post(HONEST.client(), "/sandbox/jwks/faults/down").status()).isEqualTo(400);
    }

    @Test
    void stats_count_what_reaches_the_provider_and_nothing_else() {
        Client honest = HONEST.client();
        long before = HONEST.sandbox().received();

        honest.migrateUser(Client.goodUserMigration());
        honest.get("/v1/nothing");
        honest.get("/sandbox/faults");

        assertThat(honest.get("/sandbox/stats").json().path("received").asLong())
                .isEqualTo(before + 2)
                .isEqualTo(HONEST.sandbox().received());
    }
}
