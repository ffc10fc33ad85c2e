package dev.sallyport.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AdmissionTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                Fixtures.CONSUMER_PROJECT_ID + ":wrong | 401 | unauthorized_credentials",
                Fixtures.CONSUMER_PROJECT_ID + ": | 401 | unauthorized_credentials",
                Fixtures.CONSUMER_PROJECT_ID + " | 401 | unauthorized_credentials",
                "project-test-unknown:secret | 400 | invalid_project_id_authentication",
                "nonsense:secret | 400 | invalid_project_id_authentication",
                "project-live-11111111-1111-4111-8111-111111111111:secret | 400 | live_id_used_in_test_environment",
                Fixtures.B2B_PROJECT_ID + ":" + Fixtures.B2B_SECRET + " | 400 | invalid_consumer_endpoint",
            })
    void credentials_that_do_not_fit_are_refused(String credentials, int status, String errorType) {
        String header = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));

        Client.Answer answer = client.post(Client.MIGRATE_USER, header, Client.goodUserMigration());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_type")).isEqualTo(errorType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer token", "Basic", "Basic %%%", "basic"})
    void credentials_that_cannot_be_read_are_unauthorized(String header) {
        Client.Answer answer = client.post(Client.MIGRATE_USER, header, Client.goodUserMigration());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("error_message")).isEqualTo("Unauthorized credentials.");
    }

    @Test
    void a_consumer_project_has_no_use_of_a_b2b_operation() {
        Client.Answer answer = client.post(Client.EXCHANGE, Fixtures.consumerAuthorization(), Client.goodExchange());

        assertThat(answer.text("error_type")).isEqualTo("invalid_b2b_endpoint");
        assertThat(answer.text("error_message"))
                .isEqualTo("The provided project_id is a Consumer project and this endpoint is only enabled for B2B"
                        + " projects. Please go to https://stytch.com/docs/home for the consumer version.");
        assertThat(answer.text("error_url"))
                .isEqualTo("https://stytch.com/docs/b2b/api/errors/400#invalid_b2b_endpoint");
    }

    @Test
    void an_error_has_the_providers_five_members() {
        Client.Answer answer = client.get("/v1/nothing/here");

        JsonNode error = answer.json();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(error.propertyNames())
                .containsExactlyInAnyOrder("status_code", "request_id", "error_type", "error_message", "error_url");
        assertThat(error.path("status_code").asInt()).isEqualTo(404);
        assertThat(error.path("error_type").asString()).isEqualTo("route_not_found");
        assertThat(error.path("error_message").asString()).isEqualTo("The route provided is not supported.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void a_wrong_method_is_an_error_of_the_same_shape(String method) {
        Client.Answer answer = client.send(client.request(Client.MIGRATE_USER).method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text("error_type")).isEqualTo("method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{} {}",
                "{\"session_token\":\"a\",\"session_token\":\"a\"}",
                "{'session_token':'a'}",
                "{\"session_token\":\"a\",}",
                "{\"a\":NaN}",
                "// nothing"
            })
    void a_body_that_is_not_one_json_object_is_a_bad_request(String body) {
        Client.Answer answer = client.send(client.request(Client.MIGRATE_USER)
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }

    @Test
    void a_body_that_is_not_utf8_is_a_bad_request() {
        byte[] latin = "{\"session_token\":\"caf\u00e9\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        Client.Answer answer = client.send(client.request(Client.MIGRATE_USER)
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin)));

        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json; charset=utf-8", "application/x-www-form-urlencoded"})
    void a_media_type_other_than_plain_json_is_a_bad_request(String mediaType) {
        Client.Answer answer = client.send(client.request(Client.MIGRATE_USER)
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(Client.goodUserMigration().toString())));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }

    @Test
    void a_body_of_more_than_a_megabyte_is_a_bad_request() {
        Client.Answer answer = client.migrateUser(Client.goodUserMigration().put("padding", "x".repeat(1 << 20)));

        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }
}
