package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An auditor is told of each session that was made, revoked or refused, and finds all lines of one, without being told its id. */
@Timeout(120)
final class AuditLinesTest {
    private static final String SESSION = "session-test-91f4c2aa-6d0b-4e3f-8b57-3a2c1d9e7f60";
    private static final String ORGANIZATION = "organization-test-8d2e7a90-5b4c-4f16-a3d8-07c9e1f6b524";
    private static final String EXCHANGE = "/v1/b2b/sessions/exchange";
    private static final Pattern HASH = Pattern.compile(" session=\"([A-Za-z0-9_-]{22})\"");

    private static OtherProvider provider;
    private static TestGateway gateway;
    private static LogCapture log;

    @BeforeAll
    static void start() throws IOException {
        provider = new OtherProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.B2B_PROJECT_ID,
                "--sallyport.provider.projects[1].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.session-token.mode=off", // the provider's answers here are examples, which no key signed
                "--sallyport.logs.audit=true",
                "--sallyport.logs.hash-key=" + "k".repeat(32));
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() {
        log.close();
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        log.taken();
    }

    @Test
    void a_session_that_was_made_and_revoked() throws IOException {
        JsonNode example = example("b2b.sessions.exchange/examples/accepted/a-session-is-exchanged.json");
        provider.says(200, example.path("reply").toString());
        sent(EXCHANGE, example.path("request").toString());
        String made = line();
        provider.says(200, "{\"status_code\":200,\"request_id\":\"request-id-test-1\"}");
        sent("/v1/b2b/sessions/revoke", "{\"member_session_id\":\"" + SESSION + "\"}");
        String revoked = line();

        assertThat(made)
                .contains("[request-id=\"request-id-sallyport-", "operation=\"b2b.sessions.exchange\"")
                .contains("provider-request-id=\"request-id-test-5e0c9a7b-31d4-4f86-b2a8-9d6f10c7e3b4\"")
                .contains("action=\"make\"", "outcome=\"made\"", "status=\"200\"")
                .contains("project=\"" + Fixtures.B2B_PROJECT_ID + "\"", "organization=\"" + ORGANIZATION + "\"");
        assertThat(revoked).contains("action=\"revoke\"", "outcome=\"revoked\"");
        assertThat(hash(made)).isEqualTo(hash(revoked));
        assertThat(made + revoked).doesNotContain(SESSION);
    }

    @Test
    void a_session_that_the_provider_refused() throws IOException {
        provider.says(401, """
                {"status_code":401,"request_id":"provider-9","error_type":"session_not_found","error_message":"x",\
                "error_url":"https://errors.invalid"}""");
        sent(
                EXCHANGE,
                example("b2b.sessions.exchange/examples/accepted/a-session-is-exchanged.json")
                        .path("request")
                        .toString());

        assertThat(line())
                .contains("provider-request-id=\"provider-9\"", "outcome=\"provider_error\"", "status=\"401\"")
                .doesNotContain("organization=", "session=");
    }

    @Test
    void a_session_that_the_gateway_refused_before_and_after_the_provider_was_asked() throws IOException {
        sent(EXCHANGE, "{\"organization_id\":\"" + ORGANIZATION + "\"}");
        String before = line();
        provider.says(200, "{\"request_id\":\"provider-7\"}");
        sent(
                EXCHANGE,
                example("b2b.sessions.exchange/examples/accepted/a-session-is-exchanged.json")
                        .path("request")
                        .toString());
        String after = line();

        assertThat(before)
                .contains("outcome=\"refused\"", "reason=\"REQUEST_BREAKS_CONTRACT\"", "fault=\"CALLER\"")
                .contains("reached-provider=\"false\"")
                .doesNotContain(ORGANIZATION);
        assertThat(after)
                .contains("outcome=\"refused\"", "reason=\"REPLY_BREAKS_CONTRACT\"", "reached-provider=\"true\"")
                .contains("provider-request-id=\"provider-7\"");
    }

    @Test
    void a_call_that_asks_for_no_session_has_no_line() throws IOException {
        JsonNode example = example("sessions.migrate/examples/accepted/no-session-is-asked-for-and-none-is-made.json");
        provider.says(200, example.path("reply").toString());

        sent("/v1/sessions/migrate", "{\"session_token\":\"legacy\"}");

        assertThat(log.taken()).doesNotContain("dev.sallyport.audit");
    }

    private static String hash(String line) {
        Matcher found = HASH.matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return found.group(1);
    }

    private static void sent(String path, String body) throws IOException {
        String authorization = path.contains("b2b") ? Fixtures.b2bAuthorization() : Fixtures.consumerAuthorization();
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(
                            "POST " + path + " HTTP/1.1",
                            RawCalls.HOST,
                            "Authorization: " + authorization,
                            RawCalls.JSON,
                            "Content-Length: " + body.length())
                    + body);
            client.read();
        }
    }

    private static String line() {
        List<String> lines = log.taken()
                .lines()
                .filter(line -> line.startsWith("dev.sallyport.audit"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static JsonNode example(String path) throws IOException {
        try (InputStream file = AuditLinesTest.class.getResourceAsStream("/contracts/stytch/" + path)) {
            return new JsonMapper().readTree(Objects.requireNonNull(file));
        }
    }
}
