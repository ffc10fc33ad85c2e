package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator finds every refusal in the log by the id that the caller got, wherever it was decided. */
@Timeout(120)
final class RefusalLinesTest {
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");

    private static OtherProvider provider;
    private static TestGateway gateway;
    private static LogCapture log;

    @BeforeAll
    static void start() throws IOException {
        provider = new OtherProvider();
        gateway = TestGateway.inFrontOf(provider.baseUrl());
        log = new LogCapture();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
        log.close();
    }

    @BeforeEach
    void forget() {
        log.taken();
    }

    @Test
    void a_call_that_breaks_its_contract() throws IOException {
        Answer answer = sent(RawCalls.call("X-Request-Id: caller-1", "Content-Length: 2") + "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(line(answer))
                .contains("caller-request-id=\"caller-1\"", "operation=\"sessions.migrate\"", "fault=\"CALLER\"")
                .contains("reason=\"REQUEST_BREAKS_CONTRACT\"", "/session_token required")
                .doesNotContain("provider-request-id");
    }

    @Test
    void a_reply_that_breaks_its_contract() throws IOException {
        provider.says(200, "{\"request_id\":\"provider-7\",\"status_code\":200}");

        Answer answer = sent(RawCalls.call(RawCalls.LENGTH) + RawCalls.BODY);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("provider-7");
        assertThat(line(answer))
                .contains("provider-request-id=\"provider-7\"", "reason=\"REPLY_BREAKS_CONTRACT\"")
                .contains("fault=\"PROVIDER\"", "required");
    }

    @Test
    void a_head_that_is_malformed() throws IOException {
        Answer answer = sent(head(RawCalls.LINE, RawCalls.HOST, RawCalls.HOST, "X-Request-Id: caller-2"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(line(answer)).contains("caller-request-id=\"caller-2\"", "reason=\"MALFORMED_HTTP\"");
    }

    @Test
    void a_path_that_is_unknown() throws IOException {
        Answer answer = sent(head("GET /v1/nothing HTTP/1.1", RawCalls.HOST, "X-Request-Id: caller-3"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(line(answer)).contains("caller-request-id=\"caller-3\"", "reason=\"UNKNOWN_OPERATION\"");
    }

    @Test
    void a_body_of_another_media_type() throws IOException {
        Answer answer =
                sent(head(RawCalls.LINE, RawCalls.HOST, "Content-Type: text/plain", "Content-Length: 2") + "{}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(line(answer)).contains("reason=\"UNSUPPORTED_MEDIA_TYPE\"", "operation=\"sessions.migrate\"");
    }

    @Test
    void an_error_of_the_provider_is_no_refusal_but_shows_in_the_metrics() throws IOException {
        provider.says(503, """
                {"status_code":503,"request_id":"provider-8","error_type":"down","error_message":"down",\
                "error_url":"https://errors.invalid"}""");

        Answer answer = sent(RawCalls.call(RawCalls.LENGTH) + RawCalls.BODY);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(log.taken())
                .doesNotContain("Refused:")
                .containsOnlyOnce("dev.sallyport.provider The provider fails")
                .contains("operation=\"sessions.migrate\", failure=\"server_error\", status=\"503\"");
        assertThat(gateway.scraped())
                .anyMatch(series -> series.startsWith("sallyport_calls_seconds_count{")
                        && series.contains("status=\"5xx\"")
                        && series.contains("fault=\"provider\""))
                .anyMatch(series ->
                        series.startsWith("sallyport_provider_seconds_count{") && series.contains("status=\"5xx\""))
                .anyMatch(series -> series.startsWith("sallyport_door_seconds_count{door=\"second\"}"))
                .anyMatch(series -> series.startsWith("sallyport_calls_in_flight{operation=\"sessions.migrate\"} 0"))
                .anyMatch(series -> series.startsWith("sallyport_build_info{") && series.endsWith("} 1"));
    }

    private static Answer sent(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            return client.read();
        }
    }

    /** The one line with the id that the caller got. */
    private static String line(Answer answer) {
        Matcher found = REQUEST_ID.matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        String id = "request-id=\"" + found.group(1) + "\"";
        return log.taken()
                .lines()
                .filter(line -> line.contains(" " + id) || line.contains("[" + id))
                .reduce((one, other) -> {
                    throw new AssertionError("two lines:\n" + one + "\n" + other);
                })
                .orElseThrow(() -> new AssertionError("no line with " + id));
    }
}
