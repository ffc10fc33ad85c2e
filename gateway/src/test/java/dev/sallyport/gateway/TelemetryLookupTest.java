package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.device.Devices;
import dev.sallyport.sandbox.server.RecordedRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a lookup does to the calls around it: sharing, keeping, deadlines, the breaker, headers, logs. */
@Timeout(180)
final class TelemetryLookupTest {
    private static final String LOOKUP = "/v1/fingerprint/lookup";
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String EXCHANGE = "/v1/b2b/sessions/exchange";
    private static final String MIGRATION =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String EXCHANGED = "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID
            + "\",\"session_token\":\"" + Fixtures.MEMBER_SESSION_TOKEN + "\"}";

    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static CircuitBreaker breaker;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.fraud-base-url=" + sandbox.baseUrl(),
                "--sallyport.deadline=2s",
                "--sallyport.telemetry.timeout=1500ms",
                "--sallyport.telemetry.operations.sessions.migrate=enforce",
                "--sallyport.telemetry.operations.b2b.sessions.exchange=observe",
                "--sallyport.telemetry.operations.b2b.sessions.attest=enforce",
                "--sallyport.contracts.operations.b2b.sessions.attest.rules.device-is-looked-up=enforce",
                "--sallyport.telemetry.operations.sessions.attest=enforce",
                "--sallyport.contracts.operations.sessions.attest.request=off",
                "--sallyport.telemetry.on.timeout=forward",
                "--sallyport.telemetry.cache.ttl=1m",
                "--sallyport.telemetry.breaker.window=4",
                "--sallyport.telemetry.breaker.failures=100%",
                "--sallyport.telemetry.breaker.pause=300ms",
                "--sallyport.telemetry.results.to-provider=true",
                "--sallyport.telemetry.results.to-caller=true");
        breaker = gateway.bean(CircuitBreakerRegistry.class).circuitBreaker("telemetry");
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        sandbox.close();
    }

    @BeforeEach
    void close() {
        breaker.reset();
    }

    @Test
    void many_calls_of_one_device_are_one_lookup() {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            calls.add(client.sendAsync(migrate("telemetry-allow-many").build(), HttpResponse.BodyHandlers.ofString()));
        }

        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        assertThat(lookupsOf("telemetry-allow-many")).hasSize(1);
    }

    @Test
    void what_is_kept_for_one_secret_serves_no_other() throws Exception {
        assertThat(send(migrate("telemetry-allow-kept")).statusCode()).isEqualTo(200);
        String wrong = "Basic "
                + Base64.getEncoder()
                        .encodeToString((Fixtures.CONSUMER_PROJECT_ID + ":wrong").getBytes(StandardCharsets.UTF_8));

        var stranger = send(migrate("telemetry-allow-kept").setHeader("Authorization", wrong));

        assertThat(stranger.headers().firstValue("Sallyport-Rejection")).contains("TELEMETRY_UNAVAILABLE");
        assertThat(stranger.headers().firstValue("X-Telemetry-Verdict")).isEmpty();
        assertThat(lookupsOf("telemetry-allow-kept")).hasSize(2);
    }

    @Test
    void the_lookup_takes_its_time_out_of_the_calls_deadline() throws Exception {
        long start = System.nanoTime();

        HttpResponse<String> answer = send(migrate("telemetry-slow-deadline").header("X-Sandbox-Fault", "hang"));

        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("PROVIDER_TIMED_OUT");
        assertThat(millis).isBetween(1_900L, 3_300L);
        assertThat(requests(MIGRATE))
                .anyMatch(request -> request.header("X-Telemetry-Verdict").equals(Optional.of("TIMEOUT")));
    }

    @Test
    void a_provider_that_fails_is_left_alone_and_asked_again_later() throws Exception {
        for (int number = 0; number < 4; number++) {
            assertThat(send(migrate("telemetry-down-breaker-" + number)).statusCode())
                    .isEqualTo(503);
        }
        State failing = breaker.getState();
        HttpResponse<String> untried = send(migrate("telemetry-down-breaker-untried"));

        long end = System.nanoTime() + 20_000_000_000L;
        int number = 0;
        while (breaker.getState() != State.CLOSED && System.nanoTime() < end) {
            send(migrate("telemetry-allow-breaker-" + number++));
        }

        assertThat(failing).isEqualTo(State.OPEN);
        assertThat(untried.statusCode()).isEqualTo(503);
        assertThat(lookupsOf("telemetry-down-breaker-untried")).isEmpty();
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(gateway.scraped()).anyMatch(line -> line.startsWith("resilience4j_circuitbreaker_state{"));
    }

    @Test
    void nobody_but_the_gateway_says_what_was_found() throws Exception {
        HttpResponse<String> answer = send(migrate("telemetry-challenge-spoof")
                .header("X-Telemetry-Verdict", "ALLOW")
                .header("x-telemetry-visitor-id", "visitor-spoofed")
                .header("X-TELEMETRY-REASONS", "spoofed"));
        HttpResponse<String> observed =
                send(exchange("telemetry-unknown-spoof").header("X-Telemetry-Verdict", "ALLOW"));

        String visitor = Devices.find("telemetry-challenge-spoof").orElseThrow().visitorId();
        RecordedRequest enforced = callOf(MIGRATE, "telemetry-challenge-spoof");
        assertThat(answer.headers().firstValue("X-Telemetry-Verdict")).contains("CHALLENGE");
        assertThat(enforced.headers().get("X-Telemetry-Verdict")).containsExactly("CHALLENGE");
        assertThat(enforced.headers().get("X-Telemetry-Visitor-Id")).containsExactly(visitor);
        assertThat(enforced.headers().get("X-Telemetry-Reasons")).containsExactly("VIRTUAL_MACHINE");
        assertThat(observed.statusCode()).isEqualTo(200);
        assertThat(callOf(EXCHANGE, "telemetry-unknown-spoof").headers()).doesNotContainKey("X-Telemetry-Verdict");
    }

    @Test
    void a_good_device_in_the_header_does_not_cover_for_the_one_in_the_body() throws Exception {
        String body = "{\"telemetry_id\":\"telemetry-block-covered\"}";

        HttpResponse<String> answer = send(
                request("/v1/sessions/attest", Fixtures.consumerAuthorization(), body, "telemetry-allow-covering"));

        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("DEVICE_REFUSED");
        assertThat(lookupsOf("telemetry-allow-covering")).isEmpty();
    }

    @Test
    void a_refused_device_is_not_told_what_gave_it_away() throws Exception {
        HttpResponse<String> blocked = send(migrate("telemetry-block-told"));
        HttpResponse<String> unknown = send(migrate("telemetry-unknown-told"));

        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("\"error_type\":\"device_refused\"");
        assertThat(withoutRequestId(blocked)).isEqualTo(withoutRequestId(unknown));
        assertThat(blocked.headers().map().keySet()).noneMatch(name -> name.startsWith("x-telemetry"));
        assertThat(gateway.scraped())
                .anyMatch(line -> line.startsWith("sallyport_telemetry_reasons_total{")
                        && line.contains("reason=\"HEADLESS_BROWSER_AUTOMATION\""));
    }

    @Test
    void observing_tells_what_is_known_by_then_and_nothing_else() throws Exception {
        send(exchange("telemetry-block-observed"));
        awaitLookup("telemetry-block-observed");
        HttpResponse<String> known = sendUntilTold("telemetry-block-observed");
        HttpResponse<String> unknown = send(exchange("telemetry-slow-observed"));

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("X-Telemetry-Verdict")).contains("BLOCK");
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.headers().firstValue("X-Telemetry-Verdict")).isEmpty();
    }

    @Test
    void a_reply_about_another_device_is_counted() throws Exception {
        assertThat(send(migrate("telemetry-stranger-1")).statusCode()).isEqualTo(200);

        assertThat(gateway.scraped())
                .anyMatch(line -> line.startsWith("sallyport_contract_violations_total{")
                        && line.contains("keyword=\"device-is-looked-up\"")
                        && line.contains("mode=\"report\""));
    }

    @Test
    void a_reply_about_another_device_is_refused_where_the_rule_is_enforced() throws Exception {
        HttpResponse<String> same = send(attest("telemetry-allow-attested"));
        HttpResponse<String> another = send(attest("telemetry-stranger-attested"));

        assertThat(same.statusCode()).as(same.body()).isEqualTo(200);
        assertThat(another.statusCode()).isEqualTo(502);
        assertThat(another.headers().firstValue("Sallyport-Rejection")).contains("REPLY_BREAKS_CONTRACT");
        assertThat(gateway.scraped())
                .anyMatch(line -> line.startsWith("sallyport_contract_violations_total{")
                        && line.contains("keyword=\"device-is-looked-up\"")
                        && line.contains("mode=\"enforce\""));
    }

    @Test
    void no_log_and_no_metric_tells_one_device_from_another() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("dev.sallyport");
        logged.start();
        root.addAppender(logged);
        Level level = root.getLevel();
        root.setLevel(Level.TRACE);
        String id = "telemetry-block-secret-7f3a";
        try {
            send(migrate(id));
            send(exchange(id));
            awaitLookup(id);
        } finally {
            root.setLevel(level);
            root.detachAppender(logged);
        }

        String visitor = Devices.find(id).orElseThrow().visitorId();
        List<String> lines = logged.list.stream()
                .map(event ->
                        event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("dev.sallyport.audit Device looked up")
                        && line.contains("decision=\"refuse\"")
                        && line.contains("HEADLESS_BROWSER_AUTOMATION"))
                .noneMatch(line -> line.contains(id) || line.contains(visitor));
        assertThat(gateway.scraped()).noneMatch(line -> line.contains(id) || line.contains(visitor));
    }

    private static String withoutRequestId(HttpResponse<String> answer) {
        return answer.body().replaceFirst("\"request_id\":\"[^\"]*\"", "");
    }

    private static HttpResponse<String> sendUntilTold(String telemetryId) throws Exception {
        long end = System.nanoTime() + 10_000_000_000L;
        HttpResponse<String> answer = send(exchange(telemetryId));
        while (answer.headers().firstValue("X-Telemetry-Verdict").isEmpty() && System.nanoTime() < end) {
            answer = send(exchange(telemetryId));
        }
        return answer;
    }

    private static void awaitLookup(String telemetryId) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (lookupsOf(telemetryId).isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static HttpRequest.Builder migrate(String telemetryId) {
        return request(MIGRATE, Fixtures.consumerAuthorization(), MIGRATION, telemetryId);
    }

    private static HttpRequest.Builder exchange(String telemetryId) {
        return request(EXCHANGE, Fixtures.b2bAuthorization(), EXCHANGED, telemetryId);
    }

    private static HttpRequest.Builder attest(String telemetryId) {
        String body = "{\"profile_id\":\"" + Fixtures.TRUSTED_PROFILE_ID + "\",\"token\":\""
                + sandbox.fixtures().trustedToken() + "\"}";
        return request("/v1/b2b/sessions/attest", Fixtures.b2bAuthorization(), body, telemetryId);
    }

    private static HttpRequest.Builder request(String path, String authorization, String body, String telemetryId) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("X-Telemetry-ID", telemetryId)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<RecordedRequest> requests(String path) {
        return sandbox.requests().stream()
                .filter(request -> request.uri().equals(path))
                .toList();
    }

    private static List<RecordedRequest> lookupsOf(String telemetryId) {
        return requests(LOOKUP).stream()
                .filter(request -> request.bodyText().contains("\"" + telemetryId + "\""))
                .toList();
    }

    private static RecordedRequest callOf(String path, String telemetryId) {
        return requests(path).stream()
                .filter(request -> request.bodyText().contains("\"" + telemetryId + "\""))
                .findFirst()
                .orElseThrow();
    }
}
