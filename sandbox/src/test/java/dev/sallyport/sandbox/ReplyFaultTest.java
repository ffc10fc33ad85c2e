package dev.sallyport.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.sandbox.reply.Json;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class ReplyFaultTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = SandboxExtension.with(options -> options.withFaults(true));

    @RegisterExtension
    static final SandboxExtension HONEST = SandboxExtension.plain();

    private final Client client = SANDBOX.client();

    private Client.Answer with(String faults) {
        return client.exchange(Client.goodExchange(), "X-Sandbox-Fault", faults);
    }

    @Test
    void missing_field_leaves_out_the_subject() {
        assertThat(with("missing-field").json().has("member_id")).isFalse();
        assertThat(client.migrateUser(Client.goodUserMigration(), "X-Sandbox-Fault", "missing-field")
                        .json()
                        .has("user_id"))
                .isFalse();
    }

    @Test
    void wrong_type_makes_an_object_a_string() {
        assertThat(with("wrong-type").json().path("member").isString()).isTrue();
    }

    @Test
    void faults_of_the_body_find_something_to_spoil_in_every_reply() {
        String path = "/v1/sessions?user_id=" + Fixtures.USER_ID;

        JsonNode missing =
                client.getAuthorized(path, "X-Sandbox-Fault", "missing-field").json();
        JsonNode wrong =
                client.getAuthorized(path, "X-Sandbox-Fault", "wrong-type").json();
        JsonNode none =
                client.getAuthorized(path, "X-Sandbox-Fault", "null-field").json();

        assertThat(missing.has("sessions")).isFalse();
        assertThat(wrong.path("sessions").isString()).isTrue();
        assertThat(none.path("request_id").isNull()).isTrue();
    }

    @Test
    void null_field_makes_the_token_null() {
        assertThat(with("null-field").json().path("session_token").isNull()).isTrue();
    }

    @Test
    void unknown_field_adds_a_member() {
        assertThat(with("unknown-field").json().has("sandbox_surprise")).isTrue();
    }

    @Test
    void status_mismatch_says_another_status_in_the_body() {
        Client.Answer answer = with("status-mismatch");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status_code").asInt()).isEqualTo(201);
    }

    @Test
    void inconsistent_contradicts_itself() {
        JsonNode reply = with("inconsistent").json();

        assertThat(reply.path("member_authenticated").asBoolean(true)).isFalse();
        assertThat(reply.path("session_token").asString()).isNotEmpty();
    }

    @Test
    void short_session_gives_a_minute_whatever_was_asked_for() {
        JsonNode user = client.migrateUser(Client.goodUserMigration(), "X-Sandbox-Fault", "short-session")
                .json()
                .path("session");
        JsonNode member = with("short-session").json().path("member_session");

        assertThat(List.of(user, member))
                .allSatisfy(session -> assertThat(time(session, "expires_at"))
                        .isEqualTo(time(session, "last_accessed_at").plusSeconds(60)));
    }

    private static Instant time(JsonNode session, String member) {
        return Instant.parse(session.path(member).asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-json", "duplicate-key", "deep-json"})
    void a_body_that_strict_readers_refuse_has_the_right_length(String fault) {
        Client.Answer answer = with(fault);

        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(answer.bytes().length));
        assertThatThrownBy(answer::json).isInstanceOf(JacksonException.class);
    }

    @Test
    void not_utf8_cannot_be_decoded() {
        byte[] bytes = with("not-utf8").bytes();

        assertThatThrownBy(() -> Json.parse(bytes)).isInstanceOf(java.nio.charset.CharacterCodingException.class);
    }

    @Test
    void empty_body_is_empty_and_huge_body_is_huge() {
        assertThat(with("empty-body").bytes()).isEmpty();
        assertThat(with("huge-body").bytes()).hasSizeGreaterThan(8 << 20);
    }

    @Test
    void html_media_type_is_only_said() {
        Client.Answer answer = with("html-media-type");

        assertThat(answer.header("Content-Type")).isEqualTo("text/html");
        assertThat(answer.text("member_id")).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
    }

    @Test
    void statuses_replace_the_reply() {
        assertThat(with("status-429").text("error_type")).isEqualTo("too_many_requests");
        assertThat(with("status-503").text("error_type")).isEqualTo("server_unavailable");
        assertThat(with("status-500-html").status()).isEqualTo(500);
        assertThat(new String(with("status-500-html").bytes(), UTF_8)).startsWith("<html>");
    }

    @Test
    void redirect_names_another_address() {
        Client.Answer answer = with("redirect");

        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Location")).isEqualTo("/v1/elsewhere");
    }

    @Test
    void set_cookie_goes_with_any_other_fault() {
        Client.Answer answer = with("not-json,set-cookie");

        assertThat(answer.header("Set-Cookie")).startsWith("provider_session=");
        assertThatThrownBy(answer::json).isInstanceOf(JacksonException.class);
    }

    @Test
    void gzip_compresses_unasked() throws Exception {
        Client.Answer answer = with("gzip");

        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(Json.parse(plain).path("member_id").asString()).isEqualTo(Fixtures.PLAIN_MEMBER_ID);
    }

    @Test
    void a_fault_that_does_not_exist_is_refused() {
        Client.Answer answer = with("wrong-kee");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_type")).isEqualTo("bad_request");
    }

    @Test
    void an_honest_sandbox_does_not_look_at_the_header() {
        Client honest = HONEST.client();

        Client.Answer answer = honest.exchange(Client.goodExchange(), "X-Sandbox-Fault", "status-503");

        assertThat(answer.status()).isEqualTo(200);
    }
}
