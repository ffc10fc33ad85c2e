package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** What hostile traffic leaves behind: neither series without end nor a word of what was sent. */
@Timeout(180)
class MetricsTest {
    private static final int ROUND = 1000;
    private static final int KINDS = 10;

    /** Stands in tokens, passwords, telemetry ids and addresses, and in the names of unknown members. */
    private static final String SECRET = "zq9x";

    /** Stands in paths, projects and names of query parameters and headers. */
    private static final String WORD = "qj4w";

    /** Begins every user name; as long as it is, its Base64 is the same whatever follows. */
    private static final String USER = WORD + SECRET.substring(0, 2);

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "FOOBAR", "PROPFIND");
    private static final JsonMapper JSON = new JsonMapper();

    private static OtherProvider provider;
    private static TestGateway gateway;
    private static LogCapture log;
    private static HttpClient client;
    private final Random random = new Random(20);

    @BeforeAll
    static void start() throws IOException {
        provider = new OtherProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.telemetry.mode=forward",
                "--sallyport.contracts.drift.enabled=true",
                "--sallyport.other-calls[0].id=users",
                "--sallyport.other-calls[0].predicates[0]=Path=/v1/users/**",
                "--sallyport.logs.access=true");
        log = new LogCapture();
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
        log.close();
    }

    @Test
    void hostile_traffic_grows_no_metrics_and_nothing_of_it_is_told() throws Exception {
        round();
        round();
        Set<String> early = series();
        round();

        // An outcome that was rare so far brings one histogram. A label with a word of input would bring hundreds.
        assertThat(series()).hasSizeLessThan(early.size() + 40).hasSizeLessThan(800);
        assertThat(gateway.scraped().collect(Collectors.joining("\n"))).doesNotContain(SECRET, WORD, base64(USER));
        assertThat(log.taken()).isNotEmpty().doesNotContain(SECRET, base64(USER));
    }

    private void round() throws IOException, InterruptedException {
        for (int call = 0; call < ROUND; call++) {
            send(call % KINDS);
        }
    }

    private void send(int kind) throws IOException, InterruptedException {
        provider.says(random.nextInt(4) == 0 ? 400 + random.nextInt(200) : 200, reply());
        switch (kind) {
            case 0 -> call("GET", "/" + word() + "/" + word(), "");
            case 1 -> call(METHODS.get(random.nextInt(METHODS.size())), "/v1/sessions/migrate", "{}");
            case 2 -> call("GET", "/v1/sessions/jwks/" + word(), "");
            case 3 -> call("GET", "/v1/b2b/sessions?" + word() + "=" + word(), "");
            case 4 -> call("POST", "/v1/sessions/revoke", "{\"session_token\":\"" + secret() + "\"}");
            case 5 -> call("POST", "/v1/users/" + word(), secret());
            case 6 ->
                raw(RawHttp.head(secret().toUpperCase(Locale.ROOT) + " /v1/" + word() + " HTTP/1.1", RawCalls.HOST));
            case 7 ->
                raw(RawHttp.head(
                        "POST /v1/sessions/migrate HTTP/1.1", RawCalls.HOST, "Content-Type: text/" + secret()));
            case 8 ->
                raw(RawHttp.head(RawCalls.LINE, RawCalls.HOST, RawCalls.JSON, RawCalls.CHUNKED) + secret() + "\r\n");
            default -> call("POST", "/v1/sessions/migrate", request());
        }
    }

    /** Unknown members, by names that are meant to do harm, some of them in place of what is needed. */
    private String reply() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(hostileName(), secret());
        members.put(hostileName(), Map.of(hostileName(), secret()));
        members.put("request_id", secret() + "@example.com"); // of the form of an id, the log would have it
        members.put("session_jwt", secret());
        members.put("email_address", secret() + "@example.com");
        members.put(random.nextBoolean() ? "status_code" : hostileName(), 200);
        return JSON.writeValueAsString(members);
    }

    private String request() {
        Map<String, Object> members = Map.of(
                hostileName(),
                secret(),
                "session_token",
                random.nextBoolean() ? secret() : 7,
                "session_duration_minutes",
                random.nextInt(100) - 50,
                "session_custom_claims",
                Map.of(hostileName(), secret()),
                "telemetry_id",
                random.nextBoolean() ? secret() : List.of(secret()));
        return JSON.writeValueAsString(members);
    }

    private String hostileName() {
        List<String> forms = List.of("%s", "%s\"} 1", "a/%s~", "%s\n# HELP", "{{%s}}", "\u202e%s", "%s@example.com");
        return forms.get(random.nextInt(forms.size())).formatted(secret());
    }

    private String secret() {
        return SECRET + Long.toHexString(random.nextLong());
    }

    private String word() {
        return WORD + Long.toHexString(random.nextLong());
    }

    private void call(String method, String path, String body) throws IOException, InterruptedException {
        String credentials = USER + word() + ":" + secret();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", "Basic " + base64(credentials))
                .header("Content-Type", "application/json")
                .header("X-Telemetry-ID", secret())
                .header("X-" + word(), secret())
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        client.send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private static void raw(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            assertThat(client.read().status()).isBetween(400, 499);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Names and labels of all that is ours; the JVM's own come and go. */
    private static Set<String> series() throws IOException {
        return gateway.scraped()
                .filter(line -> line.startsWith("sallyport"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }
}
