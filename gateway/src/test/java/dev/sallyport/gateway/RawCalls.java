package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/** A call as bytes: good as it is, and built so that one thing in it can be wrong. */
final class RawCalls {
    static final String BODY = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    static final String PATH = "/v1/sessions/migrate";
    static final String LINE = "POST " + PATH + " HTTP/1.1";
    static final String HOST = "Host: gateway";
    static final String AUTHORIZATION = "Authorization: " + Fixtures.consumerAuthorization();
    static final String JSON = "Content-Type: application/json";
    static final String HTML = "Accept: text/html";
    static final String LENGTH = "Content-Length: " + BODY.length();
    static final String CHUNKED = "Transfer-Encoding: chunked";
    static final String CHUNK = chunk(BODY);
    static final String LAST_CHUNK = "0\r\n\r\n";

    private RawCalls() {}

    static String list(String query) {
        return head("GET /v1/sessions?" + query + " HTTP/1.1", HOST, AUTHORIZATION, HTML);
    }

    static String call(String... more) {
        String[] usual = {HOST, AUTHORIZATION, JSON, HTML};
        return head(
                LINE, Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new));
    }

    static String at(String target) {
        return call(LENGTH).replace(PATH, target) + BODY;
    }

    static String coded(String codings) {
        return call("Transfer-Encoding: " + codings) + CHUNK + LAST_CHUNK;
    }

    static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    /** The connection is in order: it serves another call. */
    static void assertIsServed(RawHttp client) throws IOException {
        client.send(call(LENGTH) + BODY);
        Answer answer = client.read();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
}
