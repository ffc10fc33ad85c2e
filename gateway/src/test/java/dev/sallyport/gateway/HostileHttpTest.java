package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests on which two parsers could disagree, or that walk around a check: none may reach the provider. */
final class HostileHttpTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String BODY =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String PATH = "/v1/sessions/migrate";
    private static final String LINE = "POST " + PATH + " HTTP/1.1";
    private static final String HOST = "Host: gateway";
    private static final String AUTHORIZATION = "Authorization: " + Fixtures.consumerAuthorization();
    private static final String JSON = "Content-Type: application/json";
    private static final String HTML = "Accept: text/html";
    private static final String LENGTH = "Content-Length: " + BODY.length();
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String CHUNK = chunk(BODY);
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private static Sandbox sandbox;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(), "--sallyport.request.body-limit=1KB", "--sallyport.request.header-limit=8KB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        sandbox.close();
    }

    /** What happens to the connection after the answer. */
    private enum Then {
        CLOSED,
        OPEN
    }

    /** A request and what is to come of it. */
    private record Row(String name, String request, int status, String reason, Then then) {
        /** Every 405 says what is allowed instead (RFC 9110, 15.5.6): of the server, if there is no path of ours. */
        String allow() {
            if (status != 405) {
                return "";
            }
            return request.contains(" " + PATH + " ") ? "POST" : "GET, POST";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"framing", "heads", "methods", "targets", "queries", "sizes", "chunks", "contents"})
    void a_request_that_may_not_be_believed_is_refused_and_never_reaches_the_provider(Row row) throws IOException {
        long before = sandbox.received();
        try (var client = new RawHttp(gateway.port())) {
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
            if (row.then() == Then.CLOSED) {
                assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
                assertThat(client.isClosed()).isTrue();
            } else {
                assertIsServed(client);
            }
        }
        if (row.then() == Then.CLOSED) {
            assertANewConnectionIsServed();
        }
        assertThat(sandbox.received()).isEqualTo(before + 1);
    }

    static Stream<Row> framing() {
        return Stream.of(
                bad("content-length and transfer-encoding", call(LENGTH, CHUNKED) + CHUNK + LAST_CHUNK),
                bad("transfer-encoding and content-length", call(CHUNKED, LENGTH) + CHUNK + LAST_CHUNK),
                bad("two equal content-lengths", call(LENGTH, LENGTH) + BODY),
                bad("two unequal content-lengths", call(LENGTH, "Content-Length: 4") + BODY),
                bad("a list as content-length", call("Content-Length: 4, 4") + "null"),
                bad("a plus in content-length", call("Content-Length: +4") + "null"),
                bad("a negative content-length", call("Content-Length: -1") + BODY),
                bad("a hexadecimal content-length", call("Content-Length: 0x4") + "null"),
                bad("an empty content-length", call("Content-Length:") + BODY),
                bad("transfer-encoding xchunked", coded("xchunked")),
                bad("transfer-encoding chunked, identity", coded("chunked, identity")),
                bad("transfer-encoding identity", coded("identity")),
                bad("transfer-encoding gzip, chunked", coded("gzip, chunked")),
                bad("transfer-encoding with a tab", coded("\u000bchunked")),
                bad("transfer-encoding twice", call(CHUNKED, CHUNKED) + CHUNK + LAST_CHUNK),
                bad(
                        "transfer-encoding on HTTP/1.0",
                        head("POST " + PATH + " HTTP/1.0", HOST, AUTHORIZATION, JSON, CHUNKED) + CHUNK + LAST_CHUNK));
    }

    static Stream<Row> heads() {
        return Stream.of(
                bad("a space before the colon", call("Content-Length : " + BODY.length()) + BODY),
                bad("a folded content-length", call("Content-Length: 1\r\n 0") + "1234567890"),
                bad("folded transfer codings", call("Transfer-Encoding: gzip,\r\n chunked") + CHUNK + LAST_CHUNK),
                bad("a folded host", head(LINE, AUTHORIZATION, JSON, HTML, "Host: a\r\n b", LENGTH) + BODY),
                bad("bare line feeds", call(LENGTH).replace("\r", "") + BODY),
                bad("one bare line feed", call(LENGTH, "X-A: a\nX-B: b") + BODY),
                bad("a bare carriage return", call(LENGTH, "X-A: a\rX-B: b") + BODY),
                bad("NUL in a value", call(LENGTH, "X-Nul: a\0b") + BODY),
                bad("NUL in a name", call(LENGTH, "X-N\0ul: ab") + BODY),
                bad("a line without a colon", call(LENGTH, "nonsense") + BODY),
                bad("a field without a name", call(LENGTH, ": nameless") + BODY),
                bad("no host", head(LINE, AUTHORIZATION, JSON, HTML, LENGTH) + BODY),
                bad("a host with a path", head(LINE, AUTHORIZATION, JSON, HTML, "Host: a/b", LENGTH) + BODY),
                bad("a list of hosts", head(LINE, AUTHORIZATION, JSON, HTML, "Host: a, b", LENGTH) + BODY),
                bad("two hosts", call("Host: elsewhere", LENGTH) + BODY),
                bad("two credentials", call("Authorization: " + Fixtures.b2bAuthorization(), LENGTH) + BODY),
                bad("no version", head("POST " + PATH, HOST, AUTHORIZATION, JSON, LENGTH) + BODY),
                bad("a version that is none", at(PATH).replace("HTTP/1.1", "HTTQ/1.1")),
                bad("HTTP/2.0 by word only", at(PATH).replace("HTTP/1.1", "HTTP/2.0")));
    }

    static Stream<Row> methods() {
        return Stream.of(
                method("GET with a body", call(LENGTH).replace("POST", "GET") + BODY),
                method("FOOBAR", call(LENGTH).replace("POST", "FOOBAR") + BODY),
                method("a method in lower case", call(LENGTH).replace("POST", "post") + BODY),
                method("TRACE", head("TRACE " + PATH + " HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("TRACE of nothing", head("TRACE /v1/nothing HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("CONNECT", head("CONNECT gateway:443 HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("OPTIONS", head("OPTIONS " + PATH + " HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("HEAD", head("HEAD " + PATH + " HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                method("PUT", call(LENGTH).replace("POST", "PUT") + BODY));
    }

    static Stream<Row> targets() {
        return Stream.of(
                bad("absolute form", at("http://gateway" + PATH)),
                bad("asterisk form", head("OPTIONS * HTTP/1.1", HOST, AUTHORIZATION, HTML)),
                bad("a double-dot segment", at("/v1/x/../sessions/migrate")),
                bad("a dot segment", at("/v1/sessions/./migrate")),
                bad("an encoded dot segment", at("/v1/x/%2e%2e/sessions/migrate")),
                bad("two slashes in front", at("//v1/sessions/migrate")),
                bad("two slashes within", at("/v1//sessions/migrate")),
                bad("an encoded slash", at("/v1/sessions%2fmigrate")),
                bad("an encoded letter", at("/v1/sessions/%6digrate")),
                bad("an encoded NUL", at("/v1/sessions/migrate%00")),
                bad("a path parameter", at("/v1/sessions/migrate;x=1")),
                bad("a fragment", at("/v1/sessions/migrate#x")),
                bad("a backslash", at("/v1\\sessions\\migrate")),
                bad("a letter that is not ASCII", at("/v1/sessions/migr\u00e4te")),
                bad("a query that is not ASCII", at(PATH + "?q=\u00e4")),
                bad("an empty path", at("")),
                bad("a query without a path", at("?q=1")),
                bad("a path without a slash in front", at("v1/sessions/migrate")),
                unknown("a slash at the end", at(PATH + "/")),
                unknown("upper case", at(PATH.toUpperCase(Locale.ROOT))));
    }

    static Stream<Row> queries() {
        return Stream.of(
                bad("an escape that is none", list("user_id=%zz")),
                bad("half an escape", list("user_id=%4")),
                bad("a quotation mark in a query", list("user_id=\"a\"")),
                bad("a brace in a query", list("user_id={a}")),
                bad("a backslash in a query, elsewhere too", at(PATH + "?q=\\")),
                query("overlong UTF-8 in a query", "user_id=%c0%af"),
                query("a semicolon for an ampersand", "user_id=a;user_id=b"),
                broken("a parameter twice", "user_id=a&user_id=b"),
                broken("a parameter twice, once escaped", "user_id=a&%75ser_id=b"),
                broken("another spelling", "USER_ID=a"),
                broken("a list in brackets", "user_id[]=a"),
                broken("nothing", ""));
    }

    static Stream<Row> sizes() {
        return Stream.of(
                new Row("a line too long", at(PATH + "?" + "x".repeat(4096)), 431, "HEADERS_TOO_LARGE", Then.CLOSED),
                new Row(
                        "fields too large",
                        call(LENGTH, "X-Large: " + "x".repeat(8192)) + BODY,
                        431,
                        "HEADERS_TOO_LARGE",
                        Then.CLOSED),
                new Row(
                        "too many fields",
                        call(LENGTH, "X-Many: x\r\n".repeat(1000) + "X-Last: x") + BODY,
                        431,
                        "HEADERS_TOO_LARGE",
                        Then.CLOSED),
                tooLarge("a body announced too large", call("Content-Length: 1025")),
                tooLarge("a length beyond all numbers", call("Content-Length: 9223372036854775807")),
                tooLarge(
                        "an announced body that must not even be asked for",
                        call("Content-Length: 1025", "Expect: 100-continue")),
                tooLarge("a chunk too large, and more to come", call(CHUNKED) + chunk("x".repeat(1025))),
                tooLarge(
                        "chunks that are too large together",
                        call(CHUNKED) + chunk("x".repeat(600)) + chunk("x".repeat(600)) + LAST_CHUNK));
    }

    static Stream<Row> chunks() {
        return Stream.of(
                bad("a chunk size that is none", call(CHUNKED) + CHUNK + "zz\r\n"),
                bad("a first chunk size that is none", call(CHUNKED) + "zz\r\n" + CHUNK + LAST_CHUNK),
                bad("a negative chunk size", call(CHUNKED) + CHUNK + "-1\r\n" + LAST_CHUNK),
                bad("a chunk size beyond all numbers", call(CHUNKED) + CHUNK + "fffffffffffffffff\r\n" + LAST_CHUNK),
                bad("a bare line feed behind a chunk size", call(CHUNKED) + CHUNK + "0\n\r\n"),
                bad("a bare line feed in a chunk extension", call(CHUNKED) + CHUNK + "0;a\nb\r\n\r\n"),
                bad("no line end behind a chunk", call(CHUNKED) + CHUNK.stripTrailing() + "xx" + LAST_CHUNK),
                bad("a broken trailer", call(CHUNKED) + CHUNK + "0\r\nX-Trailer : x\r\n\r\n"),
                bad("a trailer with NUL", call(CHUNKED) + CHUNK + "0\r\nX-Trailer: a\0b\r\n\r\n"));
    }

    static Stream<Row> contents() {
        String[] twice = {"{\"session_token\":\"a\",\"session_token\":\"b\"}", "{\"a\":1,\"\\u0061\":2}"};
        return Stream.of(
                media("another media type", "Content-Type: text/plain"),
                media("a form", "Content-Type: application/x-www-form-urlencoded"),
                media("no media type", "X-No: type"),
                media("charset latin1", JSON + "; charset=latin1"),
                media("charset utf-16", JSON + "; charset=utf-16"),
                media("a compressed body", JSON + "\r\nContent-Encoding: gzip"),
                media("an unknown content coding", JSON + "\r\nContent-Encoding: identity"),
                unreadable("a member twice", twice[0]),
                unreadable("a member twice, once escaped", twice[1]),
                unreadable("no body", ""),
                unreadable("trailing garbage", BODY + "x"),
                unreadable("overlong UTF-8", "{\"session_token\":\"\u00c0\u00af\"}"));
    }

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
        long before = sandbox.received();
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(LINE, HOST, AUTHORIZATION, fields, LENGTH) + BODY);

            assertThat(client.read().status()).isEqualTo(200);
            assertIsServed(client);
        }
        assertThat(sandbox.received()).isEqualTo(before + 2);
        var seen = sandbox.requests().get(sandbox.requests().size() - 2);
        assertThat(seen.header("Authorization")).contains(Fixtures.consumerAuthorization());
        assertThat(seen.bodyText()).isEqualTo(BODY);
    }

    @Test
    void a_chunked_call_reaches_the_provider_with_its_length() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(call(CHUNKED) + CHUNK + LAST_CHUNK);

            assertThat(client.read().status()).isEqualTo(200);
        }
        var seen = sandbox.requests().get(sandbox.requests().size() - 1);
        assertThat(seen.header("Content-Length")).contains(Integer.toString(BODY.length()));
        assertThat(seen.header("Transfer-Encoding")).isEmpty();
    }

    /** RFC 9112, 5.2, lets a server unfold such a line instead of refusing it, and Netty does; it must not go on as it came. */
    @Test
    void a_folded_line_is_unfolded_before_it_is_passed_on() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(call(LENGTH, "X-Folded: a\r\n X-Inner: b") + BODY);

            assertThat(client.read().status()).isEqualTo(200);
        }
        var seen = sandbox.requests().get(sandbox.requests().size() - 1);
        assertThat(seen.header("X-Folded")).contains("a X-Inner: b");
        assertThat(seen.header("X-Inner")).isEmpty();
    }

    /** One of the provider's SDKs sends a body with every call, one adds a parameter that nobody asked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 4\r\n\r\nnull", "Transfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n0\r\n\r\n"})
    void a_body_that_comes_with_a_get_is_let_through_and_goes_no_further(String body) throws IOException {
        String target = "/v1/sessions?user_id=" + Fixtures.USER_ID + "&project_id=" + Fixtures.CONSUMER_PROJECT_ID;
        try (var client = new RawHttp(gateway.port())) {
            client.send(head("GET " + target + " HTTP/1.1", HOST, AUTHORIZATION, JSON)
                            .stripTrailing() + "\r\n" + body);

            assertThat(client.read().status()).isEqualTo(200);
            assertIsServed(client);
        }
        var seen = sandbox.requests().get(sandbox.requests().size() - 2);
        assertThat(seen.uri()).isEqualTo(target);
        assertThat(seen.bodyText()).isEmpty();
        assertThat(seen.header("Transfer-Encoding")).isEmpty();
    }

    /** On whose behalf a session ends: without it the provider would ask nobody for permission. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Stytch-Member-Session", "X-Stytch-Member-SessionJWT"})
    void a_members_credential_is_passed_on_even_if_connection_names_it(String field) throws IOException {
        String b2b = "Authorization: " + Fixtures.b2bAuthorization();
        String body = "{\"member_id\":\"nobody\"}";
        String length = "Content-Length: " + body.length();
        try (var client = new RawHttp(gateway.port())) {
            String line = "POST /v1/b2b/sessions/revoke HTTP/1.1";
            client.send(head(line, HOST, b2b, JSON, length, field + ": secret", "Connection: " + field) + body);

            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
        }
        var seen = sandbox.requests().get(sandbox.requests().size() - 1);
        assertThat(seen.header(field)).contains("secret");
    }

    @Test
    void a_body_that_is_wanted_is_asked_for() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(call(LENGTH, "Expect: 100-continue"));
            assertThat(client.readHead().status()).isEqualTo(100);

            client.send(BODY);
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 500\r\n\r\n" + "null", "Transfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n"})
    void a_body_that_is_cut_short_never_reaches_the_provider(String cut) throws IOException {
        long before = sandbox.received();
        try (var client = new RawHttp(gateway.port())) {
            client.send(call("X-Next: the end of the head").stripTrailing() + "\r\n" + cut);
            client.sendNoMore();

            assertThat(client.isClosed()).isTrue();
        }
        assertANewConnectionIsServed();
        assertThat(sandbox.received()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("followers")
    void a_good_call_is_answered_before_the_malformed_one_behind_it_is_refused(Row follower) throws IOException {
        long before = sandbox.received();
        try (var client = new RawHttp(gateway.port())) {
            client.send(call(LENGTH) + BODY + follower.request() + call(LENGTH) + BODY);

            assertThat(client.read().status()).isEqualTo(200);
            Answer refusal = client.read();
            assertThat(refusal.status()).isEqualTo(follower.status());
            assertIsTheProvidersShape(refusal);
            assertThat(client.isClosed()).isTrue();
        }
        assertANewConnectionIsServed();
        assertThat(sandbox.received()).isEqualTo(before + 2);
    }

    static Stream<Row> followers() {
        return Stream.of(
                bad("two unequal content-lengths", call(LENGTH, "Content-Length: 4") + BODY),
                bad("a dot segment", at("/v1/sessions/./migrate")),
                bad("a chunk size that is none", call(CHUNKED) + CHUNK + "zz\r\n"),
                bad("a broken trailer", call(CHUNKED) + CHUNK + "0\r\nX-Trailer : x\r\n\r\n"),
                method("FOOBAR", call(LENGTH).replace("POST", "FOOBAR") + BODY),
                method("PUT", call(LENGTH).replace("POST", "PUT") + BODY));
    }

    private static Row bad(String name, String request) {
        return new Row(name, request, 400, "MALFORMED_HTTP", Then.CLOSED);
    }

    private static Row query(String name, String query) {
        return new Row(name, list(query), 400, "MALFORMED_HTTP", Then.OPEN);
    }

    private static Row broken(String name, String query) {
        return new Row(name, list(query), 400, "REQUEST_BREAKS_CONTRACT", Then.OPEN);
    }

    private static String list(String query) {
        return head("GET /v1/sessions?" + query + " HTTP/1.1", HOST, AUTHORIZATION, HTML);
    }

    private static Row method(String name, String request) {
        return new Row(name, request, 405, "METHOD_NOT_ALLOWED", Then.CLOSED);
    }

    private static Row unknown(String name, String request) {
        return new Row(name, request, 404, "UNKNOWN_OPERATION", Then.OPEN);
    }

    private static Row tooLarge(String name, String request) {
        return new Row(name, request, 413, "BODY_TOO_LARGE", Then.CLOSED);
    }

    private static Row media(String name, String fields) {
        String request = head(LINE, HOST, AUTHORIZATION, HTML, fields, LENGTH) + BODY;
        return new Row(name, request, 415, "UNSUPPORTED_MEDIA_TYPE", Then.CLOSED);
    }

    private static Row unreadable(String name, String body) {
        return new Row(name, call("Content-Length: " + body.length()) + body, 400, "BODY_UNREADABLE", Then.OPEN);
    }

    private static String call(String... more) {
        String[] usual = {HOST, AUTHORIZATION, JSON, HTML};
        return head(
                LINE, Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new));
    }

    private static String at(String target) {
        return call(LENGTH).replace(PATH, target) + BODY;
    }

    private static String coded(String codings) {
        return call("Transfer-Encoding: " + codings) + CHUNK + LAST_CHUNK;
    }

    private static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
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
        try (var client = new RawHttp(gateway.port())) {
            assertIsServed(client);
        }
    }

    private static void assertIsServed(RawHttp client) throws IOException {
        client.send(call(LENGTH) + BODY);
        Answer answer = client.read();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }
}
