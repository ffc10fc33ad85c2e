package dev.sallyport.gateway;

import static dev.sallyport.gateway.EchoUpstream.REPLY;
import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes of the operator's own beside the contracts: the documented example, over sockets, and what it must not do. */
@Timeout(300)
final class OwnRoutesTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)```yaml\\n(sallyport:[^`]*?response-timeout: 5s.*?)```");
    private static final String ORIGINS =
            "--spring.cloud.gateway.server.webflux.globalcors.cors-configurations.[/accounts/**].";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final int CALLERS = 20;
    private static final String GONE = "sallyport_answers_cut_total{why=\"caller_gone\"}";
    private static final String BROKEN_OFF = "sallyport_answers_cut_total{why=\"upstream_failed\"}";
    private static final String FAILED = "sallyport_answers_failed_total";
    private static final String INTERNAL = "sallyport_refusals_total{reason=\"INTERNAL\"}";

    @TempDir
    private static Path folder;

    private static EchoUpstream provider;
    private static EchoUpstream service;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new EchoUpstream();
        service = new EchoUpstream();
        int nowhere;
        try (var closed = new ServerSocket(0)) {
            nowhere = closed.getLocalPort();
        }
        Path settings = folder.resolve("sallyport.yml");
        Files.writeString(
                settings,
                example().replace("http://127.0.0.1:8081", service.baseUrl())
                        + route("shadow", service.baseUrl(), "/v1/sessions/migrate,/v1/debug/whoami", "SetStatus=201")
                        + route("other-case", service.baseUrl(), "/V1/Sessions/migrate", "SetStatus=201")
                        + route("to-provider", provider.baseUrl(), "/mine/**", "StripPrefix=1")
                        + route(
                                "alias",
                                provider.baseUrl().replace("127.0.0.1", "LocalHost."),
                                "/alias/**",
                                "StripPrefix=1")
                        + route(
                                "mapped",
                                provider.baseUrl().replace("127.0.0.1", "[::ffff:127.0.0.1]"),
                                "/mapped/**",
                                "StripPrefix=1")
                        + route("socket", service.baseUrl().replace("http:", "ws:"), "/socket/**", "StripPrefix=1")
                        + route("nowhere", "http://127.0.0.1:" + nowhere, "/nowhere", "SetStatus=201"));
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--spring.config.additional-location=" + settings.toUri(),
                ORIGINS + "allowed-origins=https://portal.example",
                ORIGINS + "allowed-methods=GET");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        service.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.taken();
        service.taken();
    }

    private static String example() throws IOException {
        Matcher found = EXAMPLE.matcher(Files.readString(Path.of("../docs/routes.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String route(String id, String uri, String paths, String filter) {
        return "            - { id: " + id + ", uri: '" + uri + "', predicates: ['Path=" + paths + "'], filters: ['"
                + filter + "'] }\n";
    }

    @Test
    void the_documented_route_is_served() throws IOException {
        Answer answer = ask("GET /accounts/42?x=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(REPLY);
        assertThat(service.taken()).singleElement().satisfies(asked -> {
            assertThat(asked.target()).isEqualTo("/42?x=1");
            assertThat(asked.field("x-through")).isEqualTo("sallyport");
        });
    }

    @Test
    void a_route_that_takes_a_contracted_path_never_gets_its_calls() throws IOException {
        String broken =
                head("POST /v1/sessions/migrate HTTP/1.1", HOST, AUTHORIZATION, JSON, "Content-Length: 2") + "{}";

        assertThat(raw(broken).header("Sallyport-Rejection")).isEqualTo("REQUEST_BREAKS_CONTRACT");
        assertThat(ask("PUT /v1/sessions/migrate").header("Sallyport-Rejection"))
                .isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(ask("GET /V1/Sessions/migrate").header("Sallyport-Rejection"))
                .isEqualTo("UNKNOWN_OPERATION");
        assertThat(service.taken()).isEmpty();
    }

    @Test
    void a_route_to_the_provider_leads_to_no_contracted_path() throws IOException {
        assertThat(ask("POST /mine/v1/sessions/migrate").header("Sallyport-Rejection"))
                .isEqualTo("UNKNOWN_OPERATION");
        Answer refused = ask("POST /mine/V1/sessions/migrate/");
        assertThat(refused.header("Sallyport-Rejection")).isEqualTo("UNKNOWN_OPERATION");
        assertThat(refused.headers()).doesNotContainKey("connection");
        assertThat(provider.taken()).isEmpty();
        assertThat(ask("GET /mine/v1/users").status()).isEqualTo(200);
        assertThat(provider.taken()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/alias", "/mapped"})
    void nor_does_one_that_names_the_providers_address_otherwise(String prefix) throws IOException {
        assertThat(ask("POST " + prefix + "/v1/sessions/migrate").header("Sallyport-Rejection"))
                .isEqualTo("UNKNOWN_OPERATION");
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    void a_preflight_is_answered_where_the_settings_name_origins() throws IOException {
        Answer allowed = preflight("/accounts/42", "https://portal.example");
        Answer refused = preflight("/accounts/42", "https://evil.example");
        Answer elsewhere = preflight("/mine/v1/users", "https://portal.example");

        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://portal.example");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(elsewhere.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight("/v1/sessions", "https://portal.example").status()).isEqualTo(405);
        assertThat(service.taken()).isEmpty();
        assertThat(provider.taken()).isEmpty();
    }

    @Test
    void no_connection_becomes_a_websocket() throws IOException {
        Answer plain = raw(head("GET /accounts/42 HTTP/1.1", HOST, UPGRADE));
        Answer socket = raw(head("GET /socket/42 HTTP/1.1", HOST, UPGRADE));

        assertThat(plain.status()).isEqualTo(200);
        assertThat(service.taken()).singleElement().satisfies(asked -> {
            assertThat(asked.fields()).doesNotContainKey("upgrade");
            assertThat(asked.field("connection")).isEqualTo("close");
        });
        assertThat(socket.header("Sallyport-Rejection")).isEqualTo("MALFORMED_HTTP");
    }

    private static Answer preflight(String path, String origin) throws IOException {
        return raw(
                head("OPTIONS " + path + " HTTP/1.1", HOST, "Origin: " + origin, "Access-Control-Request-Method: GET"));
    }

    @Test
    void an_interim_reply_is_not_taken_for_the_reply() throws IOException {
        for (int call = 0; call < 3; call++) {
            String body = "{\"call\":" + call + "}";
            service.answers(
                    "/" + call,
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + "HTTP/1.1 102 Processing\r\n\r\n"
                            + EchoUpstream.answer("200 OK", body));

            Answer answer = ask("GET /accounts/" + call);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void an_upstream_that_fails_is_no_bug_of_the_gateway() throws IOException {
        service.answers("/away", "");
        try (var log = new LogCapture()) {
            assertThat(ask("GET /accounts/away").header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
            assertThat(ask("GET /nowhere").header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");

            assertThat(log.taken()).contains("PROVIDER_UNREACHABLE").doesNotContain("ERROR", "\tat ");
        }
    }

    static Stream<String> noHttp() {
        String head = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                "SSH-2.0-any\r\n\r\n",
                "HTTX/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 2x0 OK\r\nContent-Length: 2\r\n\r\n{}",
                head + "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
                head + "Content-Length: -2\r\n\r\n{}",
                head + "X-Field: a\0b\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nX-Field: a\0b\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n".repeat(17) + EchoUpstream.answer("200 OK", REPLY));
    }

    @ParameterizedTest
    @MethodSource("noHttp")
    void an_upstream_that_does_not_answer_in_http_is_no_bug_of_the_gateway(String bytes) throws IOException {
        double internal = gateway.counted(INTERNAL);
        service.answers("/odd", bytes);
        try (var log = new LogCapture()) {
            Answer answer = ask("GET /accounts/odd");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
            assertThat(log.taken()).doesNotContain("ERROR", "\tat ");
        }
        assertThat(gateway.counted(INTERNAL)).isEqualTo(internal);
    }

    /** On a connection that is used again, it may be taken for the answer to the next request. */
    @Test
    void what_an_upstream_sends_too_much_ends_with_its_connection() throws IOException {
        service.answers("/more", EchoUpstream.answer("200 OK", REPLY) + EchoUpstream.answer("200 OK", "{}"));
        int before = service.accepted();
        for (int call = 0; call < 3; call++) {
            assertThat(ask("GET /accounts/more").body()).isEqualTo(REPLY);
        }

        assertThat(service.accepted() - before).isEqualTo(3);
    }

    @Test
    void an_answer_that_breaks_off_does_not_end_whole_and_is_told_without_its_query() throws IOException {
        double failed = gateway.counted(FAILED);
        double cut = gateway.counted(BROKEN_OFF);
        service.answers(
                "/cut?token=a-secret", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n");
        try (var log = new LogCapture();
                var client = new RawHttp(gateway.port())) {
            client.send(head("GET /accounts/cut?token=a-secret HTTP/1.1", HOST));

            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat("5\r\nhello\r\n").startsWith(client.rest()); // and without the last chunk, "0"
            assertThat(log.taken()).contains("the upstream of its route failed").doesNotContain("a-secret", "ERROR");
        }
        assertThat(gateway.counted(BROKEN_OFF)).isEqualTo(cut + 1);
        assertThat(gateway.counted(FAILED)).isEqualTo(failed);
    }

    @Test
    void a_caller_who_resets_within_the_body_is_no_bug() throws IOException {
        double internal = gateway.counted(INTERNAL);
        double malformed =
                gateway.counted("sallyport_refusals_total{reason=\"MALFORMED_HTTP\"}") + gateway.counted(GONE);
        try (var log = new LogCapture()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                try (var client = new RawHttp(gateway.port())) {
                    client.send(head("POST /accounts/any HTTP/1.1", HOST, "Content-Length: 3"));
                    client.hasNews(50);
                    client.reset();
                }
            }

            // Not all: a reset can overtake what was sent before it, and then there was no request.
            Waiting.until(
                    "most are told as gone",
                    () -> gateway.counted("sallyport_refusals_total{reason=\"MALFORMED_HTTP\"}") + gateway.counted(GONE)
                            > malformed + CALLERS / 2);
            assertThat(log.taken()).doesNotContain("ERROR");
        }
        assertThat(gateway.counted(INTERNAL)).isEqualTo(internal);
    }

    private static Answer ask(String line) throws IOException {
        return raw(head(line + " HTTP/1.1", HOST, AUTHORIZATION));
    }

    private static Answer raw(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            return client.read();
        }
    }
}
