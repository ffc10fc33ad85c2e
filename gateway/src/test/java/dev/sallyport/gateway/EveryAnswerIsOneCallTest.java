package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.CHUNKED;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawCalls.LINE;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a request is answered, at the edge or behind it: it is one call in the metrics, and has one line with the id it was told. */
@Timeout(180)
final class EveryAnswerIsOneCallTest {
    private static final String ROUTE = "--sallyport.other-calls[0].";
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");
    private static final String MIGRATE = "sessions.migrate";
    private static final String STRANGER = "Authorization: Basic cHJvamVjdC1vZi1hLXN0cmFuZ2VyOng=";
    private static final String USERS = "POST /v1/users HTTP/1.1";
    private static final String TOO_LARGE = "Content-Length: 1025";
    private static final String OPEN = "sallyport_connections_open ";

    private static EchoUpstream provider;
    private static TestGateway gateway;
    private static LogCapture log;

    private final StringBuilder seen = new StringBuilder();

    @BeforeAll
    static void start() throws IOException {
        provider = new EchoUpstream();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                ROUTE + "id=users",
                ROUTE + "predicates[0]=Path=/v1/users/**",
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.request.body-limit=1KB",
                "--sallyport.logs.access=true");
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() throws IOException {
        log.close();
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        log.taken();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("MALFORMED_HTTP", "none", head(LINE, HOST, HOST)),
                arguments("MALFORMED_HTTP", "none", head("GET /v1/%6eowhere HTTP/1.1", HOST)),
                arguments("METHOD_NOT_ALLOWED", "none", head("PROPFIND /v1/sessions/migrate HTTP/1.1", HOST)),
                arguments("HEADERS_TOO_LARGE", "none", head(LINE, HOST, "X-Large: " + "x".repeat(70_000))),
                arguments("UNKNOWN_OPERATION", "none", head("GET /v1/nowhere HTTP/1.1", HOST)),
                arguments("UNKNOWN_OPERATION", "none", head("GET /v1/Sessions/migrate/ HTTP/1.1", HOST)),
                arguments("METHOD_NOT_ALLOWED", MIGRATE, head("PUT /v1/sessions/migrate HTTP/1.1", HOST)),
                arguments("MALFORMED_HTTP", MIGRATE, head(LINE, HOST, JSON, "X-Request-Timeout-Ms: soon")),
                arguments("UNSUPPORTED_MEDIA_TYPE", MIGRATE, head(LINE, HOST, "Content-Type: text/plain")),
                arguments("BODY_TOO_LARGE", MIGRATE, head(LINE, HOST, JSON, TOO_LARGE)),
                arguments("BODY_TOO_LARGE", MIGRATE, head(LINE, HOST, JSON, CHUNKED) + tooLarge()),
                arguments("MALFORMED_HTTP", MIGRATE, head(LINE, HOST, JSON, CHUNKED) + "2\r\n{}\r\nzz\r\n"),
                arguments(
                        "BODY_TOO_SLOW",
                        MIGRATE,
                        head(LINE, HOST, JSON, "Content-Length: 9", "X-Request-Timeout-Ms: 100") + "{"),
                arguments("METHOD_NOT_ALLOWED", "other", head("HEAD /v1/users HTTP/1.1", HOST)),
                arguments("MALFORMED_HTTP", "other", head(USERS, HOST, "X-Request-Timeout-Ms: soon")),
                arguments("BODY_TOO_LARGE", "other", head(USERS, HOST, TOO_LARGE)),
                arguments("BODY_TOO_LARGE", "other", head(USERS, HOST, CHUNKED) + tooLarge()),
                arguments("MALFORMED_HTTP", "none", head(USERS, HOST, CHUNKED) + "2\r\n{}\r\nzz\r\n"),
                // and in pipelines, as before
                arguments("UNKNOWN_PROJECT", "other", head("GET /v1/users HTTP/1.1", HOST, STRANGER)),
                arguments("BODY_UNREADABLE", MIGRATE, head(LINE, HOST, AUTHORIZATION, JSON, "Content-Length: 1") + "{"),
                arguments("UNKNOWN_PROJECT", MIGRATE, head(LINE, HOST, STRANGER, JSON, "Content-Length: 2") + "{}"));
    }

    private static String tooLarge() {
        return "401\r\n" + "x".repeat(1025) + "\r\n0\r\n\r\n";
    }

    @ParameterizedTest(name = "{0} {1} {index}")
    @MethodSource("requests")
    void a_refusal_is_one_call_and_one_line(String reason, String operation, String request) throws IOException {
        Map<String, Double> before = counted();
        Answer answer;
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            answer = request.startsWith("HEAD") ? client.readHead() : client.read();
        }

        assertThat(answer.header("Sallyport-Rejection")).isEqualTo(reason);
        Waiting.until("it is told", () -> !accessLines().isEmpty() && isAlone());
        assertThat(accessLines())
                .contains("operation=\"" + operation + "\"", "outcome=\"refused\"", "reason=\"" + reason + "\"")
                .contains("status=\"" + answer.status() + "\"", "fault=\"CALLER\"", " millis=", " read-ms=")
                .containsOnlyOnce("dev.sallyport.access");
        if (!answer.body().isEmpty()) {
            String id = "request-id=\"" + id(answer) + "\"";
            assertThat(accessLines()).contains(id);
            assertThat(seen.toString().lines().filter(line -> line.contains("Refused:")))
                    .singleElement()
                    .asString()
                    .contains(id);
        }
        assertThat(rise(before))
                .isEqualTo(Map.of(
                        "sallyport_calls_seconds_count{fault=\"caller\",operation=\"" + operation
                                + "\",outcome=\"refused\",reason=\"" + reason + "\",status=\"4xx\"}",
                        1.0,
                        "sallyport_refusals_total{reason=\"" + reason + "\"}",
                        1.0));
    }

    @ParameterizedTest
    @MethodSource("unfinished")
    void a_caller_that_leaves_within_its_body_is_one_call_and_one_line(String operation, String request)
            throws IOException {
        Map<String, Double> before = counted();
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            Waiting.until("it has come", () -> gateway.counted("sallyport_requests_in_flight") == 1);
            client.reset();
        }

        Waiting.until("it is told", () -> !accessLines().isEmpty() && isAlone());
        assertThat(accessLines())
                .contains("operation=\"" + operation + "\"", "outcome=\"client_abort\"")
                .containsOnlyOnce("dev.sallyport.access");
        assertThat(rise(before))
                .isEqualTo(Map.of(
                        "sallyport_calls_seconds_count{fault=\"caller\",operation=\"" + operation
                                + "\",outcome=\"client_abort\",reason=\"none\",status=\"none\"}",
                        1.0));
    }

    static Stream<Arguments> unfinished() {
        return Stream.of(
                arguments(MIGRATE, head(LINE, HOST, JSON, "Content-Length: 9") + "{"),
                arguments("other", head(USERS, HOST, "Content-Length: 9") + "{"));
    }

    @Test
    void other_calls_that_come_to_no_pipeline_are_counted_by_their_route_as_well() throws IOException {
        String refused =
                "sallyport_other_calls_seconds_count{outcome=\"refused\",reason=\"BODY_TOO_LARGE\",route=\"users\"}";
        double before = gateway.counted(refused);
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(USERS, HOST, TOO_LARGE));
            client.read();
        }

        assertThat(gateway.counted(refused)).isEqualTo(before + 1);
    }

    private String accessLines() {
        seen.append(log.taken());
        return String.join(
                "\n",
                seen.toString()
                        .lines()
                        .filter(line -> line.startsWith("dev.sallyport.access"))
                        .toList());
    }

    /** Nothing of the call can come any more. */
    private static boolean isAlone() throws IOException {
        return gateway.scraped().anyMatch((OPEN + "0.0")::equals);
    }

    private static String id(Answer answer) {
        Matcher found = REQUEST_ID.matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    private static Map<String, Double> counted() throws IOException {
        Map<String, Double> counted = new TreeMap<>();
        gateway.scraped()
                .filter(line ->
                        line.startsWith("sallyport_calls_seconds_count") || line.startsWith("sallyport_refusals_total"))
                .forEach(line -> counted.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return counted;
    }

    private static Map<String, Double> rise(Map<String, Double> before) throws IOException {
        Map<String, Double> rise = counted();
        rise.replaceAll((series, value) -> value - before.getOrDefault(series, 0.0));
        rise.values().removeIf(more -> more == 0);
        return rise;
    }
}
