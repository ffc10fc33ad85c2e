package dev.sallyport.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.reply.Json;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SessionWishesTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    @ParameterizedTest
    @ValueSource(ints = {5, 60, 527_040})
    void a_duration_within_the_limits_is_granted(int minutes) {
        Client.Answer answer = client.migrateUser(Client.goodUserMigration().put("session_duration_minutes", minutes));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4, 527_041})
    void a_duration_beyond_the_limits_is_refused(int minutes) {
        Client.Answer answer = client.migrateUser(Client.goodUserMigration().put("session_duration_minutes", minutes));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo("invalid_session_duration_minutes");
        assertThat(answer.text("error_message"))
                .isEqualTo("session_duration_minutes is invalid, should be between 5 to 527040 minutes.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session_token | 5",
                "session_token | null",
                "session_duration_minutes | \"60\"",
                "session_duration_minutes | 60.5",
                "session_duration_minutes | 99999999999",
                "session_custom_claims | []",
                "session_custom_claims | \"gold\"",
                "telemetry_id | 7",
            })
    void a_member_of_the_wrong_type_is_a_bad_request(String member, String value) throws IOException {
        ObjectNode body = Client.goodUserMigration();
        body.set(member, Json.parse(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        Client.Answer answer = client.migrateUser(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_duration_minutes", "session_custom_claims", "telemetry_id"})
    void an_optional_member_may_be_null(String member) {
        Client.Answer answer = client.migrateUser(Client.goodUserMigration().putNull(member));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void four_kilobytes_of_claims_are_granted_and_one_byte_more_is_refused() {
        String filling = "x".repeat(4096 - "{\"a\":\"\"}".length());

        Client.Answer granted = client.migrateUser(
                Client.goodUserMigration().set("session_custom_claims", Client.body(Map.of("a", filling))));
        Client.Answer refused = client.migrateUser(
                Client.goodUserMigration().set("session_custom_claims", Client.body(Map.of("a", filling + "x"))));

        assertThat(granted.status()).isEqualTo(200);
        assertThat(refused.text("error_type")).isEqualTo("custom_claims_too_large");
    }

    @Test
    void a_claim_in_the_providers_name_space_is_refused() {
        Client.Answer answer = client.migrateUser(Client.goodUserMigration()
                .set("session_custom_claims", Client.body(Map.of("https://stytch.com/session", "mine"))));

        assertThat(answer.text("error_type")).isEqualTo("stytch_claims_in_custom_claims");
    }

    @Test
    void an_unknown_member_is_ignored() {
        Client.Answer answer = client.migrateUser(Client.goodUserMigration().put("a_new_member", 1));

        assertThat(answer.status()).isEqualTo(200);
    }
}
