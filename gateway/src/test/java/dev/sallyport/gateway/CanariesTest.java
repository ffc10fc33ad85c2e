package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.trace.Collector;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever callers and the provider put into a call, good, bad or broken: no value of it is in the log at its loudest, in
 * metrics, in traces, in endpoints, in pages of the console, in captures, or in what the gateway answers by itself: neither as it is nor in Base64, wherever in it. The
 * log is that of everything in the process, at trace.
 */
@Timeout(120)
final class CanariesTest {
    /** Stands in every value. */
    private static final String CANARY = "c4n4ry";

    /** Stands in the names of members, of which a refusal tells only the caller that wrote them. */
    private static final String NAME = "n4m3";

    /** Of the settings: 32 bytes. */
    private static final String KEY = CANARY.repeat(6).substring(0, 32);

    private static final String SECRET = CANARY + "-secret";
    private static final String BASIC = base64(Fixtures.CONSUMER_PROJECT_ID + ":" + SECRET);
    private static final String TOKEN = base64("{\"alg\":\"RS256\",\"kid\":\"" + CANARY + "\"}") + "."
            + base64("{\"sub\":\"" + CANARY + "\"}") + "." + base64(CANARY);
    private static final List<String> VALUES = List.of(
            CANARY,
            CANARY.toUpperCase(Locale.ROOT),
            BASIC,
            TOKEN,
            base64(SECRET),
            base64(KEY),
            base64(CANARY + ":" + CANARY),
            encoded(0),
            encoded(1),
            encoded(2),
            URLEncoder.encode(TOKEN, StandardCharsets.UTF_8));
    private static final String GOOD_BODY = "{\"session_token\":\"" + CANARY + "\",\"session_duration_minutes\":60}";

    private static final List<String> PAGES = List.of(
            "",
            "/operations",
            "/violations",
            "/contracts",
            "/contracts/sessions.migrate",
            "/state",
            "/settings",
            "/playground",
            "/replay");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static OtherProvider provider;
    private static Collector collector;
    private static TestGateway gateway;
    private static LogCapture log;

    @BeforeAll
    static void start() throws IOException {
        provider = new OtherProvider();
        collector = new Collector();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.fraud-base-url=" + provider.baseUrl(),
                "--sallyport.telemetry.mode=observe",
                "--sallyport.idempotency.mode=on",
                "--sallyport.idempotency.keys[0]=" + base64(KEY),
                "--sallyport.contracts.drift.enabled=true",
                "--sallyport.trusted-callers[0]=127.0.0.1",
                "--sallyport.server-timing=true",
                "--sallyport.logs.access=true",
                "--sallyport.logs.audit=true",
                "--sallyport.logs.hash-key=" + KEY,
                "--sallyport.capture.file=" + captured(),
                "--sallyport.tracing.enabled=true",
                "--sallyport.tracing.sampling=100%",
                "--sallyport.tracing.endpoint=" + collector.endpoint(),
                "--sallyport.tracing.headers.authorization=" + SECRET);
        log = new LogCapture();
        log.loudest();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        collector.close();
        provider.close();
        log.close();
    }

    static List<String> replies() {
        return List.of(
                "{\"request_id\":\"" + CANARY + " " + CANARY + "\",\"session_jwt\":\"" + TOKEN + "\",\"" + NAME
                        + "\":\"" + CANARY + "\"}",
                "{\"status_code\":200,\"user\":{\"" + NAME + "@example.com\":\"" + CANARY + "\",\"emails\":[\"" + CANARY
                        + "\"]},\"session_token\":{\"" + NAME + "\":7}}",
                "{\"" + CANARY + "\":",
                CANARY,
                "");
    }

    @ParameterizedTest
    @MethodSource("replies")
    void nothing_of_a_call_or_of_its_reply_is_told(String reply) throws Exception {
        int before = collector.requests().size();
        for (int status : List.of(200, 204, 302, 404, 503)) {
            provider.says(status, reply);
            for (String request : requests()) {
                assertTellsNothing(request);
            }
        }
        String logged = log.taken();

        assertThat(logged)
                .contains("Refused:", "dev.sallyport.access Call", "dev.sallyport.audit Session")
                .doesNotContain(NAME)
                .doesNotContain(VALUES);
        assertThat(Files.readString(captured())).doesNotContain(NAME).doesNotContain(VALUES);
        assertThat(management("prometheus")).doesNotContain(NAME).doesNotContain(VALUES);
        await().atMost(Duration.ofSeconds(60)).until(() -> collector.requests().size() > before);
        assertThat(collector.bytes())
                .contains("sessions.migrate")
                .doesNotContain(NAME)
                .doesNotContain(VALUES);
        for (String endpoint : List.of("health", "keys", "contracts")) { // drift names the provider's new members
            assertThat(management(endpoint)).doesNotContain(VALUES);
        }
        gateway.bean(Console.class).look();
        for (String page : PAGES) {
            assertThat(told("/console" + page)).as(page).contains("<html").doesNotContain(VALUES);
        }
        assertThat(log.taken()).doesNotContain(VALUES); // of what endpoints and pages told
    }

    private static List<String> requests() {
        return List.of(
                call(GOOD_BODY),
                keyed(GOOD_BODY, CANARY),
                keyed(GOOD_BODY, "\"" + CANARY + " \\\"" + CANARY + "\""),
                keyed(GOOD_BODY, CANARY + ", " + CANARY),
                keyed("{\"session_token\":\"" + CANARY + "\"}", CANARY),
                call("{\"session_token\":\"" + CANARY + "\",\"session_duration_minutes\":\"" + CANARY + "\"}"),
                call("{\"session_token\":7,\"session_custom_claims\":{\"" + NAME + "\":\"" + CANARY + "\"},\"" + NAME
                        + "\":1}"),
                call("{\"" + CANARY),
                call(CANARY),
                call(GOOD_BODY).replace("application/json", "text/" + CANARY),
                call(GOOD_BODY).replace("POST ", CANARY.toUpperCase(Locale.ROOT) + " "),
                call(GOOD_BODY).replace("Host: gateway", "Host: " + CANARY + "\r\nHost: " + CANARY),
                call(GOOD_BODY).replace("/v1/sessions/migrate", "/" + CANARY + "?" + CANARY + "=" + CANARY),
                call(GOOD_BODY).replace(BASIC, base64(CANARY + ":" + CANARY)),
                call(GOOD_BODY).replace("Basic " + BASIC, "Bearer " + TOKEN),
                head("GET /v1/sessions?user_id=" + CANARY + "&" + CANARY + "=%zz HTTP/1.1", "Host: gateway"),
                head("GET /v1/sessions/jwks/" + CANARY + " HTTP/1.1", "Host: gateway"));
    }

    private static String keyed(String body, String key) {
        return call(body).replace("Host: gateway", "Host: gateway\r\nIdempotency-Key: " + key);
    }

    private static String call(String body) {
        return head(
                        "POST /v1/sessions/migrate HTTP/1.1",
                        "Host: gateway",
                        "Authorization: Basic " + BASIC,
                        "Content-Type: application/json",
                        "Content-Length: " + body.length(),
                        "Cookie: session=" + CANARY,
                        "Traceparent: 00-" + CANARY,
                        "Tracestate: vendor=" + CANARY,
                        "Baggage: " + CANARY + "=" + CANARY,
                        "X-Telemetry-ID: " + CANARY,
                        "X-Forwarded-For: " + CANARY,
                        "X-Request-Id: " + CANARY + " " + CANARY,
                        "X-" + CANARY + ": " + CANARY,
                        "Accept: text/" + CANARY)
                + body;
    }

    /** Of what the gateway answers by itself; the provider's own answer is the caller's. */
    private static void assertTellsNothing(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            Answer answer = client.read();
            if (!answer.header("Sallyport-Rejection").isEmpty()) {
                assertThat(answer.headers().toString()).doesNotContain(CANARY, NAME);
                assertThat(answer.body()).doesNotContain(CANARY);
            }
        }
    }

    private static String management(String endpoint) throws IOException, InterruptedException {
        return told("/actuator/" + endpoint);
    }

    private static String told(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        var request = HttpRequest.newBuilder(address).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** What its letters always are in Base64, behind so many others in a group of three. */
    private static String encoded(int others) {
        int bits = 8 * (others + CANARY.length());
        return base64("x".repeat(others) + CANARY).substring(others == 0 ? 0 : others + 1, bits / 6);
    }

    private static Path captured() {
        return folder.resolve("calls.ndjson");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
