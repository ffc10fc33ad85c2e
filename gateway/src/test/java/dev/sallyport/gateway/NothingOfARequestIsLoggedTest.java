package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Canaries in queries, header fields, credentials and bodies: in no log, however loud it is. */
final class NothingOfARequestIsLoggedTest {
    private static final String CANARY = "Canary7f3a";
    private static final String FIELD = "X-Field: " + CANARY;
    private static final String COOKIE = "Cookie: c=" + CANARY;
    private static final String BASIC = "Authorization: Basic " + CANARY;
    private static final String OURS = "Authorization: " + Fixtures.consumerAuthorization();
    private static final String BODY = "{\"session_token\":\"" + CANARY + "\"}";
    private static final String LENGTH = "Content-Length: " + BODY.length();
    private static final String MIGRATE = "POST /v1/sessions/migrate HTTP/1.1";

    private static final List<String> REQUESTS = List.of(
            head("GET /v1/nowhere?q=" + CANARY + " HTTP/1.1", HOST, FIELD, COOKIE, BASIC),
            head("POST /v1/nowhere?" + CANARY + " HTTP/1.1", HOST, JSON, LENGTH) + BODY,
            head("GET /v1/sessions?user_id=" + CANARY + " HTTP/1.1", HOST, FIELD, OURS),
            head("GET /v1/sessions?user_id=%zz" + CANARY + " HTTP/1.1", HOST, FIELD),
            head("GET /v1/nowhere HTTP/1.1", "Host: " + CANARY + "/", FIELD),
            head("GET /v1/nowhere HTTP/1.1", HOST, "X " + CANARY + ": x"),
            head("PUT /v1/sessions/migrate?" + CANARY + " HTTP/1.1", HOST, FIELD, OURS, JSON, LENGTH) + BODY,
            head(MIGRATE, HOST, FIELD, OURS, JSON, LENGTH) + BODY,
            head(MIGRATE, HOST, FIELD, OURS, "Content-Type: text/" + CANARY, LENGTH) + BODY,
            head(MIGRATE, HOST, OURS, JSON, "Content-Length: 900000") + BODY,
            head(MIGRATE, HOST, OURS, JSON, "Transfer-Encoding: chunked") + "zz" + CANARY + "\r\n");

    @Test
    void not_even_at_trace() throws Exception {
        try (var gateway = TestGateway.inFrontOf("http://127.0.0.1:1", "--sallyport.retry.attempts=1");
                var log = new LogCapture()) {
            log.loudest();
            for (String request : REQUESTS) {
                try (var client = new RawHttp(gateway.port())) {
                    client.send(request);
                    assertThat(client.read().status()).as(request).isGreaterThanOrEqualTo(400);
                }
            }

            String all = log.taken();
            assertThat(all).isNotEmpty();
            assertThat(all.lines().filter(line -> line.contains(CANARY))).isEmpty();
        }
    }
}
