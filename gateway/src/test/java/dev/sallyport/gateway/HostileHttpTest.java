package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.BODY;
import static dev.sallyport.gateway.RawCalls.LENGTH;
import static dev.sallyport.gateway.RawCalls.assertIsServed;
import static dev.sallyport.gateway.RawCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests on which two parsers could disagree, or that walk around a check: none may reach the provider. */
final class HostileHttpTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults(), "--sallyport.request.body-limit=1KB", "--sallyport.request.header-limit=8KB");

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "dev.sallyport.gateway.HostileRequests#framing",
        "dev.sallyport.gateway.HostileRequests#heads",
        "dev.sallyport.gateway.HostileRequests#requestLines",
        "dev.sallyport.gateway.HostileRequests#hosts",
        "dev.sallyport.gateway.HostileRequests#methods",
        "dev.sallyport.gateway.HostileRequests#targets",
        "dev.sallyport.gateway.HostileRequests#queries",
        "dev.sallyport.gateway.HostileRequests#sizes",
        "dev.sallyport.gateway.HostileRequests#chunks",
        "dev.sallyport.gateway.HostileRequests#contents"
    })
    void a_request_that_may_not_be_believed_is_refused_and_never_reaches_the_provider(HostileRequest row)
            throws IOException {
        long before = RUNNING.sandbox().received();
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(row.request());
            boolean bodiless = row.request().startsWith("HEAD ");
            Answer answer = bodiless ? client.readHead() : client.read();

            assertThat(answer.status()).as(answer.toString()).isEqualTo(row.status());
            assertThat(answer.header("Sallyport-Rejection")).isEqualTo(row.reason());
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Allow")).isEqualTo(row.allow());
            if (!bodiless) {
                assertIsTheProvidersShape(answer);
            }
            if (row.then() == HostileRequest.Then.CLOSED) {
                assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
                assertThat(client.isClosed()).isTrue();
            } else {
                assertIsServed(client);
            }
        }
        if (row.then() == HostileRequest.Then.CLOSED) {
            assertANewConnectionIsServed();
        }
        assertThat(RUNNING.sandbox().received()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 500\r\n\r\n" + "null", "Transfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n"})
    void a_body_that_is_cut_short_never_reaches_the_provider(String cut) throws IOException {
        long before = RUNNING.sandbox().received();
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(call("X-Next: the end of the head").stripTrailing() + "\r\n" + cut);
            client.sendNoMore();

            assertThat(client.isClosed()).isTrue();
        }
        assertANewConnectionIsServed();
        assertThat(RUNNING.sandbox().received()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("dev.sallyport.gateway.HostileRequests#followers")
    void a_good_call_is_answered_before_the_malformed_one_behind_it_is_refused(HostileRequest follower)
            throws IOException {
        long before = RUNNING.sandbox().received();
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(call(LENGTH) + BODY + follower.request() + call(LENGTH) + BODY);

            assertThat(client.read().status()).isEqualTo(200);
            Answer refusal = client.read();
            assertThat(refusal.status()).isEqualTo(follower.status());
            assertIsTheProvidersShape(refusal);
            assertThat(client.isClosed()).isTrue();
        }
        assertANewConnectionIsServed();
        assertThat(RUNNING.sandbox().received()).isEqualTo(before + 2);
    }

    private static void assertIsTheProvidersShape(Answer answer) {
        JsonNode body = MAPPER.readTree(answer.body());
        assertThat(body.path("status_code").asInt()).isEqualTo(answer.status());
        assertThat(body.path("request_id").asString()).startsWith("request-id-");
        assertThat(body.path("error_type").asString()).isNotEmpty();
        assertThat(body.path("error_message").asString()).isNotEmpty();
        assertThat(body.path("error_url").asString()).startsWith("https://");
    }

    private static void assertANewConnectionIsServed() throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            assertIsServed(client);
        }
    }
}
