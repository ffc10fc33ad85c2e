package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.BODY;
import static dev.sallyport.gateway.RawCalls.CHUNK;
import static dev.sallyport.gateway.RawCalls.CHUNKED;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawCalls.LAST_CHUNK;
import static dev.sallyport.gateway.RawCalls.LENGTH;
import static dev.sallyport.gateway.RawCalls.LINE;
import static dev.sallyport.gateway.RawCalls.assertIsServed;
import static dev.sallyport.gateway.RawCalls.call;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that look odd and are good: what of them reaches the provider. */
final class OddHttpTest {
    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults(), "--sallyport.request.body-limit=1KB", "--sallyport.request.header-limit=8KB");

    @ParameterizedTest
    @ValueSource(
            strings = {
                JSON,
                "content-type: Application/JSON; charset=\"UTF-8\"",
                JSON + ";charset=utf-8",
                JSON + "\r\nConnection: authorization",
                JSON + "\r\nConnection: x-hop\r\nConnection: authorization",
                JSON + "\r\nConnection: keep-alive, Authorization"
            })
    void a_good_call_is_passed_on_with_the_callers_credential(String fields) throws IOException {
        long before = RUNNING.sandbox().received();
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(head(LINE, HOST, AUTHORIZATION, fields, LENGTH) + BODY);

            assertThat(client.read().status()).isEqualTo(200);
            assertIsServed(client);
        }
        assertThat(RUNNING.sandbox().received()).isEqualTo(before + 2);
        var seen = RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 2);
        assertThat(seen.header("Authorization")).contains(Fixtures.consumerAuthorization());
        assertThat(seen.bodyText()).isEqualTo(BODY);
    }

    @Test
    void a_chunked_call_reaches_the_provider_with_its_length() throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(call(CHUNKED) + CHUNK + LAST_CHUNK);

            assertThat(client.read().status()).isEqualTo(200);
        }
        var seen = RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 1);
        assertThat(seen.header("Content-Length")).contains(Integer.toString(BODY.length()));
        assertThat(seen.header("Transfer-Encoding")).isEmpty();
    }

    /** RFC 9112, 2.2 and 7.1: an empty line in front is skipped; what comes with chunks ends here. */
    @Test
    void an_empty_line_in_front_and_extensions_and_trailers_of_chunks_are_no_reason_to_refuse() throws IOException {
        String extended = CHUNK.replaceFirst("\r\n", ";note=1\r\n");
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send("\r\n" + call(CHUNKED) + extended + "0\r\nX-Trailer: x\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(200);
            assertIsServed(client);
        }
        var seen = RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 2);
        assertThat(seen.bodyText()).isEqualTo(BODY);
        assertThat(seen.header("X-Trailer")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gateway", "gateway:9400", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:80", "a.b-c_d~e"})
    void a_host_that_is_one_is_served(String host) throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(head(LINE, "Host: " + host, AUTHORIZATION, JSON, LENGTH) + BODY);

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    /** RFC 9112, 5.2, lets a server unfold such a line instead of refusing it, and Netty does; it must not go on as it came. */
    @Test
    void a_folded_line_is_unfolded_before_it_is_passed_on() throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(call(LENGTH, "X-Folded: a\r\n X-Inner: b") + BODY);

            assertThat(client.read().status()).isEqualTo(200);
        }
        var seen = RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 1);
        assertThat(seen.header("X-Folded")).contains("a X-Inner: b");
        assertThat(seen.header("X-Inner")).isEmpty();
    }

    /** One of the provider's SDKs sends a body with every call, one adds a parameter that was not asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 4\r\n\r\nnull", "Transfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n0\r\n\r\n"})
    void a_body_that_comes_with_a_get_is_let_through_and_goes_no_further(String body) throws IOException {
        String target = "/v1/sessions?user_id=" + Fixtures.USER_ID + "&project_id=" + Fixtures.CONSUMER_PROJECT_ID;
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(head("GET " + target + " HTTP/1.1", HOST, AUTHORIZATION, JSON)
                            .stripTrailing() + "\r\n" + body);

            assertThat(client.read().status()).isEqualTo(200);
            assertIsServed(client);
        }
        var seen = RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 2);
        assertThat(seen.uri()).isEqualTo(target);
        assertThat(seen.bodyText()).isEmpty();
        assertThat(seen.header("Transfer-Encoding")).isEmpty();
    }

    /** On whose behalf a session ends: without it the provider would ask no member for permission. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Stytch-Member-Session", "X-Stytch-Member-SessionJWT"})
    void a_members_credential_is_passed_on_even_if_connection_names_it(String field) throws IOException {
        String b2b = "Authorization: " + Fixtures.b2bAuthorization();
        String body = "{\"member_id\":\"unknown\"}";
        String length = "Content-Length: " + body.length();
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            String line = "POST /v1/b2b/sessions/revoke HTTP/1.1";
            client.send(head(line, HOST, b2b, JSON, length, field + ": secret", "Connection: " + field) + body);

            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
        }
        var seen = RUNNING.sandbox().requests().get(RUNNING.sandbox().requests().size() - 1);
        assertThat(seen.header(field)).contains("secret");
    }

    @Test
    void a_body_that_is_wanted_is_asked_for() throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(call(LENGTH, "Expect: 100-continue"));
            assertThat(client.readHead().status()).isEqualTo(100);

            client.send(BODY);
            assertThat(client.read().status()).isEqualTo(200);
        }
    }
}
