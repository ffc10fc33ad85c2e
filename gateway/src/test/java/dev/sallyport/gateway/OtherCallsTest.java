package dev.sallyport.gateway;

import static dev.sallyport.gateway.EchoUpstream.REPLY;
import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.EchoUpstream.Asked;
import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of the provider that no contract knows, on routes of the settings. */
@Timeout(300)
final class OtherCallsTest {
    private static final String ROUTE = "--sallyport.other-calls[0].";
    private static final String CHANGING = "--sallyport.other-calls[1].";
    private static final String STRAYING = "--sallyport.other-calls[2].";
    private static final String USERS = "/v1/users";
    private static final String STRANGER =
            "Authorization: Basic cHJvamVjdC1vZi1hLXN0cmFuZ2VyOng="; // project-of-a-stranger:x

    private static EchoUpstream provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new EchoUpstream();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                ROUTE + "id=users",
                ROUTE + "predicates[0]=Path=/v1/users/**,/v1/slow",
                CHANGING + "id=changing",
                CHANGING + "predicates[0]=Path=/old/**",
                CHANGING + "filters[0]=StripPrefix=1",
                CHANGING + "filters[1]=AddRequestHeader=X-Added, by-the-route",
                CHANGING + "filters[2]=AddResponseHeader=X-Answered, by-the-route",
                STRAYING + "id=straying",
                STRAYING + "predicates[0]=Path=/straying/**",
                STRAYING + "filters[0]=RewritePath=/straying/?(?<rest>.*), /$\\{rest}",
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.reply-limit=8KB",
                "--sallyport.request.body-limit=1KB",
                "--sallyport.server-timing=true");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.taken();
    }

    @Test
    void a_call_goes_on_as_it_came_and_so_does_its_answer() throws IOException {
        String body = "{\"email\":\"a@example.com\"}";
        provider.answers(
                USERS + "?limit=2",
                EchoUpstream.answer("201 Created", REPLY, "X-Of-Provider: yes", "Set-Cookie: a=b", "Set-Cookie: c=d"));

        Answer answer = call("POST " + USERS + "?limit=2", body, JSON, "X-Custom: mine", "Content-Length: 25");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(REPLY);
        assertThat(answer.header("X-Of-Provider")).isEqualTo("yes");
        assertThat(answer.header("Sallyport-Rejection")).isEmpty();
        Asked asked = only();
        assertThat(asked.line()).isEqualTo("POST /v1/users?limit=2 HTTP/1.1");
        assertThat(asked.body()).isEqualTo(body);
        assertThat(asked.field("content-type")).isEqualTo("application/json");
        assertThat(asked.field("x-custom")).isEqualTo("mine");
        assertThat(asked.field("authorization")).isEqualTo(Fixtures.consumerAuthorization());
        assertThat(asked.field("host")).isEqualTo(provider.baseUrl().substring("http://".length()));
        assertThat(asked.field("accept-encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void every_method_goes_on_but_head(String method) throws IOException {
        Answer answer = call(method + " /v1/users/user-1", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(only().method()).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?a[]=%20&b=%7B%7D",
                "?a=%2f&b=%252f&c=+&d=%C3%A4",
                "?a=%0d%0aX-Injected:%20yes",
                "?a=1;b=2",
                "??a=/../sessions",
                "?"
            })
    void a_query_goes_on_as_it_was_written(String query) throws IOException {
        call("GET /v1/users/all" + query, "");
        assertThat(only().target()).isEqualTo("/v1/users/all" + query);

        call("GET /old/v1/teams" + query, "");
        assertThat(only().target()).isEqualTo("/v1/teams" + query);
    }

    @Test
    void head_is_refused() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(head("HEAD /v1/users/user-1 HTTP/1.1", HOST, AUTHORIZATION));

            assertThat(client.readHead().header("Sallyport-Rejection")).isEqualTo("METHOD_NOT_ALLOWED");
        }
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    void an_error_of_the_provider_passes_untouched_and_an_answer_without_a_body_too() throws IOException {
        String error = "{\"status_code\":404,\"error_type\":\"user_not_found\"}";
        provider.answers("/v1/users/none", EchoUpstream.answer("404 Not Found", error));
        provider.answers("/v1/users/gone", "HTTP/1.1 204 No Content\r\n\r\n");

        Answer refused = call("GET /v1/users/none", "");
        Answer gone = call("DELETE /v1/users/gone", "");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo(error);
        assertThat(refused.header("Sallyport-Rejection")).isEmpty();
        assertThat(gone.status()).isEqualTo(204);
    }

    @Test
    void what_belongs_to_one_connection_or_names_another_path_ends_here() throws IOException {
        call(
                "GET " + USERS,
                "",
                "Connection: x-secret-hop, authorization",
                "X-Secret-Hop: 1",
                "Cookie: a=b",
                "Forwarded: for=192.0.2.1",
                "X-Forwarded-For: 192.0.2.1",
                "X-Original-URL: /v1/sessions/migrate",
                "X-Rewrite-URL: /v1/sessions/migrate",
                "X_Original_URL: /v1/sessions/migrate",
                "X-HTTP-Method-Override: POST",
                "X-Request-Timeout-Ms: 5000",
                "Upgrade: websocket",
                "TE: trailers",
                "Sallyport-Rejection: none");

        Asked asked = only();
        assertThat(asked.fields().keySet())
                .containsExactlyInAnyOrder("host", "authorization", "accept-encoding", "x-request-id");
    }

    @Test
    void what_only_the_gateway_writes_does_not_come_from_the_provider() throws IOException {
        provider.answers(
                "/v1/users/forging",
                EchoUpstream.answer("200 OK", REPLY, "Sallyport-Rejection: INTERNAL", "Connection: x-hop", "X-Hop: 1"));

        Answer answer = call("GET /v1/users/forging", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Sallyport-Rejection")).isEmpty();
        assertThat(answer.header("X-Hop")).isEmpty();
    }

    @Test
    void filters_of_the_route_change_the_call_and_its_answer() throws IOException {
        Answer answer = call("GET /old/v1/teams", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(REPLY);
        assertThat(answer.header("X-Answered")).isEqualTo("by-the-route");
        Asked asked = only();
        assertThat(asked.target()).isEqualTo("/v1/teams");
        assertThat(asked.field("x-added")).isEqualTo("by-the-route");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/old/v1/sessions/migrate",
                "/old/v1/sessions/migrate/",
                "/old/V1/Sessions/Migrate",
                "/old/v1/sessions/migrate.json",
                "/straying/v1/sessions/migrate",
                "/straying/v1/b2b/sessions/jwks/project-1",
            })
    void filters_that_make_a_contracted_path_lead_nowhere(String path) throws IOException {
        Answer answer = call("POST " + path, "{}", JSON, "Content-Length: 2");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_OPERATION");
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    void what_no_route_takes_is_an_unknown_operation() throws IOException {
        Answer answer = call("GET /v1/organizations", "");

        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_OPERATION");
    }

    @Test
    void a_project_that_is_not_listed_gets_nowhere() throws IOException {
        Answer stranger = raw(head("GET /v1/users HTTP/1.1", HOST, STRANGER));
        Answer without = raw(head("GET /v1/users HTTP/1.1", HOST));

        assertThat(stranger.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_PROJECT");
        assertThat(without.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_PROJECT");
        assertThat(provider.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1025", "Transfer-Encoding: chunked"})
    void a_body_that_is_too_large_goes_nowhere(String framing) throws IOException {
        String body = framing.startsWith("C") ? "" : "401\r\n" + "x".repeat(1025) + "\r\n0\r\n\r\n";

        Answer answer = call("POST " + USERS, body, framing);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("BODY_TOO_LARGE");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    void a_body_in_broken_chunks_goes_nowhere() throws IOException {
        Answer answer = call("POST " + USERS, "2\r\n{}\r\nzz\r\n", "Transfer-Encoding: chunked");

        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("MALFORMED_HTTP");
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    void a_body_in_chunks_goes_on_whole() throws IOException {
        call("POST " + USERS, "2\r\n{}\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Encoding: br");

        Asked asked = only();
        assertThat(asked.body()).isEqualTo("{}");
        assertThat(asked.field("content-length")).isEqualTo("2");
        assertThat(asked.field("transfer-encoding")).isEmpty();
        assertThat(asked.field("content-encoding")).isEqualTo("br");
    }

    @Test
    void a_reply_that_is_too_large_or_cut_short_or_ends_nowhere_is_refused() throws IOException {
        provider.answers("/v1/users/large", EchoUpstream.answer("200 OK", "x".repeat(8193)));
        provider.answers("/v1/users/endless", "HTTP/1.1 200 OK\r\n\r\nendless");
        provider.answers("/v1/users/twofold", EchoUpstream.answer("200 OK", REPLY, "Transfer-Encoding: chunked"));
        provider.answers("/v1/users/away", "");

        assertThat(call("GET /v1/users/large", "").header("Sallyport-Rejection"))
                .isEqualTo("REPLY_BREAKS_CONTRACT");
        assertThat(call("GET /v1/users/endless", "").header("Sallyport-Rejection"))
                .isEqualTo("REPLY_BREAKS_CONTRACT");
        assertThat(call("GET /v1/users/twofold", "").header("Sallyport-Rejection"))
                .isEqualTo("REPLY_BREAKS_CONTRACT");
        assertThat(call("GET /v1/users/away", "").header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
    }

    @Test
    void an_interim_reply_is_skipped() throws IOException {
        provider.answers(
                "/v1/users/hints",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + EchoUpstream.answer("200 OK", REPLY));

        assertThat(call("GET /v1/users/hints", "").body()).isEqualTo(REPLY);
        assertThat(call("GET /v1/users/after", "").body()).isEqualTo(REPLY);
    }

    @Test
    void a_call_has_the_time_that_its_caller_has() throws IOException {
        provider.answers("/v1/slow", "HTTP/1.1 200 OK\r\n");

        Answer late = call("GET /v1/slow", "", "X-Request-Timeout-Ms: 200");
        Answer unclear = call("GET /v1/slow", "", "X-Request-Timeout-Ms: soon");

        assertThat(late.status()).isEqualTo(504);
        assertThat(late.header("Sallyport-Rejection")).isEqualTo("CALLER_DEADLINE_OVER");
        assertThat(unclear.header("Sallyport-Rejection")).isEqualTo("MALFORMED_HTTP");
    }

    @Test
    void it_is_counted_as_other_and_by_its_route_and_a_refusal_has_its_line() throws IOException {
        String ok = "sallyport_other_calls_seconds_count{outcome=\"ok\",reason=\"none\",route=\"users\"}";
        String refused =
                "sallyport_other_calls_seconds_count{outcome=\"refused\",reason=\"UNKNOWN_PROJECT\",route=\"users\"}";
        double before = gateway.counted(ok);
        double refusedBefore = gateway.counted(refused);
        try (var log = new LogCapture()) {
            call("GET /v1/users/user-2", "");
            raw(head("GET /v1/users HTTP/1.1", HOST, STRANGER));

            assertThat(log.taken())
                    .contains("UNKNOWN_PROJECT", "operation=\"other\"", "route=\"users\"")
                    .doesNotContain("project-of-a-stranger");
        }
        assertThat(gateway.counted(ok)).isEqualTo(before + 1);
        assertThat(gateway.counted(refused)).isEqualTo(refusedBefore + 1);
        assertThat(gateway.scraped())
                .anyMatch(line -> line.startsWith("sallyport_calls_seconds_count{")
                        && line.contains("operation=\"other\"")
                        && line.contains("outcome=\"ok\""));
    }

    @Test
    void one_connection_carries_other_calls_and_contracted_ones_in_turn() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            for (int round = 0; round < 3; round++) {
                client.send(head("GET /v1/users/user-3 HTTP/1.1", HOST, AUTHORIZATION));
                assertThat(client.read().status()).isEqualTo(200);
                client.send(head("POST /v1/sessions/migrate HTTP/1.1", HOST, AUTHORIZATION, JSON, "Content-Length: 0"));
                assertThat(client.read().header("Sallyport-Rejection")).isEqualTo("BODY_UNREADABLE");
            }
        }
    }

    private static Answer call(String line, String body, String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of(HOST, AUTHORIZATION));
        all.addAll(List.of(fields));
        return raw(head(line + " HTTP/1.1", all.toArray(new String[0])) + body);
    }

    private static Answer raw(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            return client.read();
        }
    }

    private static Asked only() {
        List<Asked> taken = provider.taken();
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }
}
