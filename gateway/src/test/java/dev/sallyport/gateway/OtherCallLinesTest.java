package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that no contract knows is followed as any other: by its id, its line, and where its time went. */
@Timeout(120)
final class OtherCallLinesTest {
    private static final String ROUTE = "--sallyport.other-calls[0].";
    private static final String CHANGING = "--sallyport.other-calls[1].";
    private static final String LIMIT = "--sallyport.rate-limits.limits[0].";
    private static final Pattern MADE = Pattern.compile("request-id-sallyport-[0-9a-f-]{36}");

    private static EchoUpstream provider;
    private static TestGateway trusting;
    private static TestGateway wary;
    private static LogCapture log;

    @BeforeAll
    static void start() throws IOException {
        provider = new EchoUpstream();
        trusting = gateway("127.0.0.0/8");
        wary = gateway("192.0.2.0/24");
        log = new LogCapture();
        log.quiet();
    }

    private static TestGateway gateway(String trusted) {
        return TestGateway.inFrontOf(
                provider.baseUrl(),
                ROUTE + "id=users",
                ROUTE + "predicates[0]=Path=/v1/users/**,/v1/slow",
                CHANGING + "id=changing",
                CHANGING + "predicates[0]=Path=/old/**",
                CHANGING + "filters[0]=StripPrefix=1",
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                LIMIT + "name=once",
                LIMIT + "key=header:X-Once",
                LIMIT + "permits=1",
                LIMIT + "per=24h",
                "--sallyport.trusted-callers[0]=" + trusted,
                "--sallyport.server-timing=true",
                "--sallyport.logs.access=true");
    }

    @AfterAll
    static void stop() throws IOException {
        log.close();
        trusting.close();
        wary.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.taken();
        log.taken();
    }

    @Test
    void one_that_went_well_has_its_id_its_line_and_its_phases() throws IOException {
        Answer answer = call(trusting, "GET /v1/users/one", "X-Request-Id: user-1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(asked()).containsExactly("user-1");
        assertThat(answer.header("Server-Timing")).contains("read;dur=", "first-byte;dur=", "total;dur=");
        assertThat(line("request-id=\"user-1\""))
                .contains("provider-request-id=\"request-1\"", "operation=\"other\"", "route=\"users\"")
                .contains("project=\"" + Fixtures.CONSUMER_PROJECT_ID + "\"", "outcome=\"ok\"", "status=\"200\"")
                .contains(" millis=", " read-ms=", " first-byte-ms=", " second-door-ms=", " write-ms=")
                .doesNotContain("reason=", "/v1/users");
    }

    @Test
    void an_error_of_the_provider_is_the_providers() throws IOException {
        provider.answers("/v1/users/gone", EchoUpstream.answer("503 Service Unavailable", "down"));

        call(trusting, "GET /v1/users/gone", "X-Request-Id: user-2");

        assertThat(line("request-id=\"user-2\"")).contains("outcome=\"provider_error\"", "status=\"503\"");
    }

    @Test
    void one_that_a_limit_refused_has_the_line_of_a_refusal() throws IOException {
        call(trusting, "GET /v1/users/two", "X-Once: a");
        provider.taken();

        Answer answer = call(trusting, "GET /v1/users/two", "X-Once: a", "X-Request-Id: user-3");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).contains("user-3");
        assertThat(answer.header("Server-Timing")).contains("first-door;dur=").doesNotContain("first-byte");
        assertThat(line("request-id=\"user-3\""))
                .contains("outcome=\"refused\"", "status=\"429\"", "reason=\"RATE_LIMITED\"", "fault=\"CALLER\"")
                .contains("route=\"users\"", " first-door-ms=");
        assertThat(asked()).isEmpty();
    }

    @Test
    void one_that_found_no_provider_says_so() throws IOException {
        provider.answers("/v1/users/away", "");

        Answer answer = call(trusting, "GET /v1/users/away", "X-Request-Id: user-4");

        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
        assertThat(line("request-id=\"user-4\""))
                .contains("outcome=\"refused\"", "status=\"502\"", "reason=\"PROVIDER_UNREACHABLE\"")
                .contains("fault=\"PROVIDER\"", " first-byte-ms=");
    }

    @Test
    void one_whose_route_leads_nowhere_says_so() throws IOException {
        Answer answer = call(trusting, "GET /old/v1/sessions/migrate", "X-Request-Id: user-5");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(line("request-id=\"user-5\""))
                .contains("route=\"changing\"", "outcome=\"refused\"", "reason=\"UNKNOWN_OPERATION\"");
    }

    @Test
    void what_is_refused_before_it_is_asked_has_its_line_too() throws IOException {
        call(trusting, "GET /v1/users/one", "X-Request-Timeout-Ms: soon", "X-Request-Id: user-6");

        assertThat(line("request-id=\"user-6\""))
                .contains("route=\"users\"", "outcome=\"refused\"", "reason=\"MALFORMED_HTTP\"")
                .doesNotContain("project=");
    }

    @Test
    void a_caller_that_left_has_a_line_without_a_status() throws IOException {
        provider.answers("/v1/slow", "HTTP/1.1 200 OK\r\n");
        try (var client = new RawHttp(trusting.port())) {
            client.send(head("GET /v1/slow HTTP/1.1", HOST, AUTHORIZATION, "X-Request-Id: user-7"));
            await().until(() -> !asked().isEmpty());
            client.reset();
        }

        assertThat(line("request-id=\"user-7\""))
                .contains("route=\"users\"", "outcome=\"client_abort\"")
                .doesNotContain("status=");
    }

    @Test
    void a_caller_that_left_within_its_body_has_one_too() throws IOException {
        try (var client = new RawHttp(trusting.port())) {
            client.send(
                    head("POST /v1/users HTTP/1.1", HOST, AUTHORIZATION, "Content-Length: 9", "X-Request-Id: user-8")
                            + "{");
        }

        assertThat(line("request-id=\"user-8\"")).contains("outcome=\"client_abort\"");
        assertThat(asked()).isEmpty();
    }

    @Test
    void a_caller_who_is_not_trusted_chooses_no_id_and_is_told_no_time() throws IOException {
        Answer answer = call(wary, "GET /v1/users/one", "X-Request-Id: user-9");

        assertThat(answer.header("Server-Timing")).isEmpty();
        assertThat(asked()).singleElement().asString().matches(MADE);
        assertThat(line("outcome=\"ok\"")).doesNotContain("user-9");
    }

    private static Answer call(TestGateway gateway, String line, String... fields) throws IOException {
        String[] all =
                Stream.concat(Stream.of(HOST, AUTHORIZATION), Stream.of(fields)).toArray(String[]::new);
        try (var client = new RawHttp(gateway.port())) {
            client.send(head(line + " HTTP/1.1", all));
            return client.read();
        }
    }

    /** The ids of the calls that the provider got since this was last asked. */
    private static List<String> asked() {
        return provider.taken().stream().map(each -> each.field("x-request-id")).toList();
    }

    /** Written when the network took the answer, so perhaps a little after the caller has it. */
    private static String line(String part) {
        List<String> seen = new ArrayList<>();
        await().until(() -> {
            log.taken()
                    .lines()
                    .filter(line -> line.startsWith("dev.sallyport.access") && line.contains(part))
                    .forEach(seen::add);
            return !seen.isEmpty();
        });
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }
}
