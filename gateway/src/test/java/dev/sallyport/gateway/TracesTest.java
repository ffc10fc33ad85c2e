package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.gateway.trace.Collector;
import dev.sallyport.gateway.trace.Collector.Seen;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.server.RecordedRequest;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the trace of a call tells, from a caller's traceparent to the provider's, as a collector gets it. */
@Timeout(180)
final class TracesTest {
    private static final String OUTSIDE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "Traceparent: 00-" + OUTSIDE + "-b7ad6b7169203331-01";
    private static final String MIGRATE = "POST /v1/sessions/migrate";
    private static final String LOOKUP = "POST /v1/fingerprint/lookup";

    private static Collector collector;
    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static LogCapture log;

    @BeforeAll
    static void start() throws IOException {
        collector = new Collector();
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.fraud-base-url=" + sandbox.baseUrl(),
                "--sallyport.telemetry.operations.sessions.migrate=enforce",
                "--sallyport.retry.backoff=1ms",
                "--sallyport.rate-limits.follow-provider=false",
                "--sallyport.other-calls[0].id=users",
                "--sallyport.other-calls[0].predicates[0]=Path=/v1/users",
                "--sallyport.trusted-callers[0]=127.0.0.2",
                "--sallyport.logs.access=true",
                "--sallyport.tracing.enabled=true",
                "--sallyport.tracing.sampling=100%",
                "--sallyport.tracing.endpoint=" + collector.endpoint());
        trace("first-1", RawCalls.BODY, "X-Telemetry-ID: telemetry-allow-first"); // which has keys fetched
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() {
        log.close();
        gateway.close();
        sandbox.close();
        collector.close();
    }

    @Test
    void a_good_call_shows_its_doors_its_lookup_and_its_request_to_the_provider() throws IOException {
        List<Seen> trace = trace("good-1", RawCalls.BODY, "X-Telemetry-ID: telemetry-allow-traced");

        assertThat(trace)
                .extracting(Seen::name)
                .containsExactlyInAnyOrder(
                        "request reading",
                        "request contract",
                        "device lookup",
                        LOOKUP,
                        MIGRATE,
                        "reply contract",
                        "session token",
                        MIGRATE);
        Seen call = only(trace, SpanKind.SPAN_KIND_SERVER, MIGRATE);
        assertThat(trace)
                .filteredOn(span -> !span.equals(call))
                .extracting(Seen::parentId)
                .containsOnly(call.id());
        assertThat(call.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/v1/sessions/migrate")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("network.protocol.version", "1.1")
                .containsEntry("sallyport.operation", "sessions.migrate")
                .containsEntry("sallyport.project", Fixtures.CONSUMER_PROJECT_ID)
                .containsKey("sallyport.provider_request_id")
                .doesNotContainKey("error.type");
        Seen attempt = only(trace, SpanKind.SPAN_KIND_CLIENT, MIGRATE);
        assertThat(attempt.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry(
                        "server.port",
                        Integer.toString(URI.create(sandbox.baseUrl()).getPort()))
                .containsEntry("url.template", "/v1/sessions/migrate")
                .containsEntry("url.full", sandbox.baseUrl() + "/v1/sessions/migrate")
                .doesNotContainKey("http.request.resend_count");
        assertThat(only(trace, SpanKind.SPAN_KIND_CLIENT, LOOKUP).attributes())
                .containsEntry("http.response.status_code", "200");
        assertThat(named("good-1").header("traceparent")).contains(attempt.parent());
        assertThat(trace)
                .extracting(span -> span.span().getStatus().getCode())
                .containsOnly(StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void steps_and_attempts_come_one_after_the_other() throws IOException {
        List<Seen> steps = trace("ordered-1", RawCalls.BODY, "X-Telemetry-ID: telemetry-allow-ordered").stream()
                .filter(span -> span.span().getKind() != SpanKind.SPAN_KIND_SERVER)
                .filter(span -> !span.name().equals(LOOKUP))
                .sorted(Comparator.comparingLong(span -> span.span().getStartTimeUnixNano()))
                .toList();

        assertThat(steps)
                .extracting(Seen::name)
                .containsExactly(
                        "request reading",
                        "request contract",
                        "device lookup",
                        MIGRATE,
                        "reply contract",
                        "session token");
        for (int step = 1; step < steps.size(); step++) {
            assertThat(steps.get(step).span().getStartTimeUnixNano())
                    .as(steps.get(step).name())
                    .isGreaterThanOrEqualTo(steps.get(step - 1).span().getEndTimeUnixNano());
        }
    }

    @Test
    void a_refused_call_shows_which_door_refused_it() throws IOException {
        List<Seen> trace = trace("refused-1", "{}");

        assertThat(trace)
                .extracting(Seen::name)
                .containsExactlyInAnyOrder("request reading", "request contract", MIGRATE);
        Seen call = only(trace, SpanKind.SPAN_KIND_SERVER, MIGRATE);
        assertThat(call.attributes())
                .containsEntry("error.type", "REQUEST_BREAKS_CONTRACT")
                .containsEntry("sallyport.fault", "caller")
                .containsEntry("http.response.status_code", "400");
        assertThat(call.span().getStatus().getCode())
                .as("what a caller does wrong is no failure of the server's")
                .isEqualTo(StatusCode.STATUS_CODE_UNSET);
        assertThat(only(trace, SpanKind.SPAN_KIND_INTERNAL, "request contract").attributes())
                .containsEntry("error.type", "REQUEST_BREAKS_CONTRACT");
        assertThat(only(trace, SpanKind.SPAN_KIND_INTERNAL, "request reading").attributes())
                .doesNotContainKey("error.type");
    }

    @Test
    void a_call_that_is_refused_at_the_edge_is_traced_as_well() throws IOException {
        Answer answer =
                sent(RawHttp.head("GET /v1/sessions/migrate HTTP/1.1", "Host: gateway", "X-Request-Id: edge-1"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(collector.traceOf("edge-1"))
                .singleElement()
                .satisfies(call -> assertThat(call.attributes())
                        .containsEntry("error.type", "METHOD_NOT_ALLOWED")
                        .containsEntry("http.request.method", "GET"));
    }

    @Test
    void a_refused_reply_shows_the_door_that_it_came_to() throws IOException {
        List<Seen> trace = trace(
                "broken-1", RawCalls.BODY, "X-Telemetry-ID: telemetry-allow-broken", "X-Sandbox-Fault: wrong-type");

        Seen door = only(trace, SpanKind.SPAN_KIND_INTERNAL, "reply contract");
        assertThat(door.attributes())
                .containsEntry("error.type", "REPLY_BREAKS_CONTRACT")
                .containsEntry("sallyport.fault", "provider");
        assertThat(door.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        Seen call = only(trace, SpanKind.SPAN_KIND_SERVER, MIGRATE);
        assertThat(call.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(call.attributes()).containsEntry("http.response.status_code", "502");
        assertThat(trace).extracting(Seen::name).doesNotContain("session token");
    }

    @Test
    void every_attempt_at_a_call_has_a_span_whose_id_the_provider_gets() throws IOException {
        List<Seen> trace = trace(
                "retried-1", RawCalls.BODY, "X-Telemetry-ID: telemetry-allow-retried", "X-Sandbox-Fault: status-429");

        List<Seen> attempts = trace.stream()
                .filter(span -> span.span().getKind() == SpanKind.SPAN_KIND_CLIENT
                        && span.name().equals(MIGRATE))
                .toList();
        assertThat(attempts).hasSizeGreaterThan(1).allSatisfy(attempt -> {
            assertThat(attempt.told("error.type")).isEqualTo("429");
            assertThat(attempt.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        });
        assertThat(attempts.get(0).told("http.request.resend_count")).isNull();
        assertThat(attempts.get(1).told("http.request.resend_count")).isEqualTo("1");
        assertThat(requests("retried-1").flatMap(request -> request.header("traceparent").stream()))
                .containsExactlyElementsOf(attempts.stream().map(Seen::parent).toList());
    }

    @Test
    void the_trace_of_a_trusted_caller_goes_on_and_no_other() throws IOException {
        List<Seen> trusted = trace("outside-1", "{}", PARENT);
        try (var stranger = new RawHttp(gateway.port())) {
            stranger.send(RawCalls.call("Content-Length: 2", PARENT) + "{}");
            assertThat(stranger.read().status()).isEqualTo(400);
        }

        assertThat(trusted).extracting(Seen::traceId).containsOnly(OUTSIDE);
        assertThat(only(trusted, SpanKind.SPAN_KIND_SERVER, MIGRATE).parentId()).isEqualTo("b7ad6b7169203331");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(collector.spans())
                        .filteredOn(span -> !span.span().getLinksList().isEmpty())
                        .singleElement()
                        .satisfies(call -> assertThat(call.traceId()).isNotEqualTo(OUTSIDE)));
    }

    @Test
    void nothing_that_a_callers_systems_note_for_each_other_reaches_the_provider() throws IOException {
        trace(
                "noted-1",
                RawCalls.BODY,
                PARENT,
                "Tracestate: vendor=value",
                "Baggage: user=jane",
                "X-Telemetry-ID: telemetry-allow-noted");

        RecordedRequest asked = named("noted-1");
        assertThat(asked.headers().get("traceparent")).hasSize(1);
        assertThat(asked.headers()).doesNotContainKeys("tracestate", "baggage");
    }

    @Test
    void another_call_is_traced_from_its_caller_to_the_provider() throws IOException {
        sent(RawHttp.head(
                "GET /v1/users?name=jane HTTP/1.1", "Host: gateway", RawCalls.AUTHORIZATION, "X-Request-Id: other-1"));

        List<Seen> trace = collector.traceOf("other-1");
        assertThat(trace).extracting(Seen::name).containsExactlyInAnyOrder("GET users", "GET");
        Seen attempt = only(trace, SpanKind.SPAN_KIND_CLIENT, "GET");
        assertThat(attempt.parentId())
                .isEqualTo(only(trace, SpanKind.SPAN_KIND_SERVER, "GET users").id());
        assertThat(named("other-1").header("traceparent")).contains(attempt.parent());
        assertThat(collector.bytes()).doesNotContain("jane");
    }

    @Test
    void another_call_that_is_refused_in_front_of_its_route_has_an_end() throws IOException {
        Answer answer = sent(RawHttp.head(
                        "POST /v1/users HTTP/1.1",
                        "Host: gateway",
                        RawCalls.AUTHORIZATION,
                        "Transfer-Encoding: chunked")
                + "no length\r\n");

        assertThat(answer.status()).isEqualTo(400);
        String id = answer.body().replaceAll(".*\"request_id\":\"([^\"]+)\".*", "$1");
        assertThat(collector.traceOf(id)).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("POST users");
            assertThat(call.attributes())
                    .containsEntry("error.type", "MALFORMED_HTTP")
                    .containsEntry("http.response.status_code", "400");
        });
    }

    @Test
    void the_line_of_a_call_and_the_example_of_a_bucket_name_its_trace() throws Exception {
        String traceId = trace("line-1", RawCalls.BODY, "X-Telemetry-ID: telemetry-allow-line")
                .get(0)
                .traceId();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(log.taken())
                        .contains("request-id=\"line-1\"")
                        .contains("trace-id=\"" + traceId + "\""));
        assertThat(scraped("application/openmetrics-text"))
                .containsPattern("sallyport_calls_seconds_bucket\\{.*} [0-9.]+ # \\{span_id=\"[0-9a-f]{16}\","
                        + "trace_id=\"[0-9a-f]{32}\"}");
        assertThat(scraped("text/plain"))
                .contains("sallyport_calls_seconds_bucket")
                .doesNotContain("trace_id");
        assertThat(gateway.counted("sallyport_trace_spans_total{result=\"exported\"}"))
                .isPositive();
    }

    private static String scraped(String form) throws IOException, InterruptedException {
        URI scrape = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/prometheus");
        var request = HttpRequest.newBuilder(scrape).header("Accept", form).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The trace of a migrate of a trusted caller, who names it. */
    private static List<Seen> trace(String requestId, String body, String... more) throws IOException {
        Stream<String> own = Stream.of("Content-Length: " + body.length(), "X-Request-Id: " + requestId);
        sent(RawCalls.call(Stream.concat(own, Stream.of(more)).toArray(String[]::new)) + body);
        return collector.traceOf(requestId);
    }

    private static Answer sent(String request) throws IOException {
        try (RawHttp client = RawHttp.from(InetAddress.getByName("127.0.0.2"), gateway.port())) {
            client.send(request);
            return client.read();
        }
    }

    private static Seen only(List<Seen> trace, SpanKind kind, String name) {
        return trace.stream()
                .filter(span -> span.span().getKind() == kind && span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the provider got of a call. */
    private static RecordedRequest named(String requestId) {
        return requests(requestId).findFirst().orElseThrow();
    }

    private static Stream<RecordedRequest> requests(String requestId) {
        return sandbox.requests().stream()
                .filter(request ->
                        request.header("X-Request-Id").filter(requestId::equals).isPresent());
    }
}
