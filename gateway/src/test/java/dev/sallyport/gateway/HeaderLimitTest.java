package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit of header fields is the one in the settings, to the byte: one field alone, and all together. */
final class HeaderLimitTest {
    private static final String LINE = "GET /v1/nowhere HTTP/1.1\r\n" + HOST + "\r\n";

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 64})
    void fields_within_the_limit_pass_and_one_byte_more_does_not(int kilobytes) throws IOException {
        int room = kilobytes * 1024 - HOST.length();
        try (var gateway =
                TestGateway.inFrontOf("http://127.0.0.1:1", "--sallyport.request.header-limit=" + kilobytes + "KB")) {
            for (String fields : List.of(one(room), many(room))) {
                assertThat(ask(gateway, LINE + fields + "\r\n\r\n").status()).isEqualTo(404);
            }
            for (String fields : List.of(one(room + 1), many(room + 1))) {
                Answer refused = ask(gateway, LINE + fields + "\r\n\r\n");
                assertThat(refused.status()).isEqualTo(431);
                assertThat(refused.header("Sallyport-Rejection")).isEqualTo("HEADERS_TOO_LARGE");
            }
        }
    }

    private static String one(int bytes) {
        return "X-One: " + "x".repeat(bytes - "X-One: ".length());
    }

    /** Line ends do not count. */
    private static String many(int bytes) {
        var fields = new StringBuilder();
        int left = bytes;
        while (left > 200) {
            fields.append(one(100)).append("\r\n");
            left -= 100;
        }
        return fields.append(one(left)).toString();
    }

    private static Answer ask(TestGateway gateway, String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            return client.read();
        }
    }
}
