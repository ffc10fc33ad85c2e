package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sallyport.caller.ApiKey;
import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Secrets of the settings, and what an exception says that a bug in the gateway throws: nowhere told, neither in the log with every
 * logger at trace, nor in metrics, captures, endpoints, pages of the console and refusals. Beside {@link CanariesTest}, which has
 * them in calls.
 */
@Timeout(180)
final class CanariesInSettingsTest {
    static final String CANARY = "c4n4ry";
    static final String SECRET = CANARY + "-of-the-provider";
    private static final String STORE = CANARY + "-of-the-store";
    private static final String TOKEN = CANARY + "-of-the-management-port";
    private static final String KEYSTORE = CANARY + "-of-the-keystore";
    /** 32 bytes. */
    private static final String KEY = CANARY.repeat(6).substring(0, 32);

    private static final ApiKey CALLER = ApiKey.random(new SecureRandom());
    private static final List<String> VALUES = List.of(
            CANARY,
            CANARY.toUpperCase(Locale.ROOT),
            CALLER.reveal(),
            base64(KEY),
            base64(Fixtures.CONSUMER_PROJECT_ID + ":" + SECRET),
            encoded(0),
            encoded(1),
            encoded(2));
    private static final String GOOD = "{\"session_token\":\"legacy\"}";
    private static final List<String> ENDPOINTS = List.of(
            "/actuator/health",
            "/actuator/keys",
            "/actuator/contracts",
            "/actuator/prometheus",
            "/actuator/env",
            "/actuator/configprops",
            "/console/login",
            "/console",
            "/console/now",
            "/console/replay",
            "/console/operations",
            "/console/violations",
            "/console/contracts",
            "/console/contracts/sessions.migrate",
            "/console/state",
            "/console/settings",
            "/console/playground");

    @TempDir
    private static Path folder;

    private static StubProvider provider;
    private static TestGateway gateway;
    private static LogCapture log;

    @BeforeAll
    static void start() throws Exception {
        provider = new StubProvider();
        gateway = TestGateway.with(
                Crashing.class,
                provider.baseUrl(),
                "--sallyport.provider.credentials=replace",
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[0].secret=" + SECRET,
                "--sallyport.callers.hash-keys[0]=" + base64(KEY),
                "--sallyport.callers.list[0].name=tests",
                "--sallyport.callers.list[0].keys[0]=" + CALLER.setting(KEY.getBytes(StandardCharsets.UTF_8)),
                "--sallyport.callers.list[0].operations[0]=*",
                "--sallyport.callers.list[0].operations[1]=other",
                "--sallyport.callers.list[0].projects=*",
                "--sallyport.callers.list[0].organizations=*",
                "--sallyport.other-calls[0].id=users",
                "--sallyport.other-calls[0].predicates[0]=Path=/v1/users/**",
                "--sallyport.idempotency.mode=on",
                "--sallyport.idempotency.keys[0]=" + base64(KEY),
                "--sallyport.store.url=redis://" + STORE + ":" + STORE + "@127.0.0.1:1",
                "--sallyport.logs.access=true",
                "--sallyport.logs.audit=true",
                "--sallyport.logs.hash-key=" + KEY,
                "--sallyport.capture.file=" + captured(),
                "--sallyport.management.token-file=" + Files.writeString(folder.resolve("token"), TOKEN),
                "--spring.ssl.bundle.jks.own.keystore.location=" + keystore(),
                "--spring.ssl.bundle.jks.own.keystore.password=" + KEYSTORE,
                "--sallyport.management.console-actions=true",
                "--sallyport.tracing.enabled=true",
                "--sallyport.tracing.sampling=100%",
                "--sallyport.tracing.endpoint=http://127.0.0.1:1/v1/traces",
                "--sallyport.tracing.headers.authorization=" + SECRET,
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.env.access=read-only",
                "--management.endpoint.configprops.access=read-only");
        log = new LogCapture();
        log.loudest();
    }

    @AfterAll
    static void stop() {
        log.close();
        gateway.close();
        provider.close();
    }

    @Test
    void nothing_of_a_secret_or_of_a_bug_is_told() throws Exception {
        for (String reply : List.of(
                answered(call(CALLER.reveal(), "")),
                answered(call(CALLER.reveal(), "Idempotency-Key: key-1")),
                answered(call(CANARY, "")),
                answered(call(CALLER.reveal(), "X-Crash: thrown")),
                answered(call(CALLER.reveal(), "X-Crash: told")),
                answered(users("")),
                answered(users("X-Crash: thrown")))) {
            assertThat(reply).doesNotContain(VALUES);
        }
        gateway.bean(Console.class).look();
        gateway.bean(Console.class).look();
        for (String endpoint : ENDPOINTS) {
            assertThat(management(endpoint)).as(endpoint).doesNotContain(VALUES);
        }
        Waiting.until("calls are captured", () -> Files.readString(captured()).contains("\"INTERNAL\""));
        assertThat(Files.readString(captured())).doesNotContain(VALUES);
        String logged = log.taken();
        assertThat(logged)
                .contains("Refused: Something went wrong", "reason=\"INTERNAL\"", "IllegalStateException", "\tat ")
                .contains("dev.sallyport.access Call", "CALLER_UNPROVEN");
        assertThat(logged.lines().filter(line -> VALUES.stream().anyMatch(line::contains)))
                .isEmpty();
    }

    @Test
    void nothing_of_a_login_or_of_what_is_asked_for_in_the_console_is_told() throws Exception {
        assertThat(posted("/console/login", "", "token=" + CANARY + "-is-no-token"))
                .contains(" 401 ")
                .doesNotContain(VALUES);
        String in = posted("/console/login", "", "token=" + TOKEN);
        assertThat(in).contains(" 303 ").doesNotContain(VALUES);
        String cookie = in.replaceAll("(?s).*\r\n[Ss]et-[Cc]ookie: ([^;]+);.*", "$1");
        String form = actions(cookie).replaceAll("(?s).*name=\"form\" value=\"([A-Za-z0-9_-]{43})\".*", "$1");
        assertThat(form).hasSize(43);

        for (String asked : List.of(
                "reload&form=" + form,
                "keys&project=" + CANARY + "&form=" + form,
                "keys&project=" + Fixtures.CONSUMER_PROJECT_ID + "&form=" + form,
                "mode&operation=" + CANARY + "&door=" + CANARY + "&mode=" + CANARY + "&minutes=5&form=" + form,
                "mode&operation=sessions.migrate&door=request&mode=off&minutes=5&form=" + CANARY)) {
            String[] action = asked.split("&", 2);
            assertThat(posted("/console/actions/" + action[0], cookie, action[1]))
                    .as(asked)
                    .doesNotContain(VALUES);
        }

        assertThat(actions(cookie)).contains("token 1").doesNotContain(VALUES);
        assertThat(log.taken())
                .contains("dev.sallyport.audit Console", "outcome=\"refused\"", "outcome=\"done\"")
                .doesNotContain(VALUES)
                .doesNotContain(cookie.substring(cookie.indexOf('=') + 1), form);
    }

    private static String actions(String cookie) throws IOException {
        return sent(head("GET /console/actions HTTP/1.0", "Host: 127.0.0.1", "Cookie: " + cookie));
    }

    private static String posted(String path, String cookie, String form) throws IOException {
        return sent(head(
                        "POST " + path + " HTTP/1.0",
                        "Host: 127.0.0.1",
                        "Cookie: " + cookie,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length())
                + form);
    }

    private static String sent(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.managementPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sallyport.logs.hash-key, c4n4ry",
        "sallyport.idempotency.keys, c4n4ry",
        "sallyport.idempotency.keys[0], c4n4ry",
        "sallyport.callers.hash-keys[0], c4n4ry",
        "sallyport.callers.list[0].keys[0], c4n4ry",
        "sallyport.provider.projects[0].secret, c4n4ry",
        "sallyport.provider.projects[0].secrt, c4n4ry",
        "sallyport.provider.base-url, http://c4n4ry:c4n4ry@provider.example",
        "sallyport.provider.fraud-base-url, http://c4n4ry:c4n4ry@devices.example",
        "sallyport.provider.projects[0].jwks-url, http://c4n4ry:c4n4ry@keys.example/keys",
        "sallyport.store.url, redis://c4n4ry:c4n4ry@store.example:99999",
        "sallyport.store.url, redis://c4n4ry:c4n4ry@store example:1",
        "sallyport.store.url, c4n4ry://c4n4ry",
        "sallyport.store.password, c4n4ry",
        "sallyport.tracing.endpoint, http://c4n4ry:c4n4ry@collector.example/v1/traces",
    })
    void a_secret_in_the_wrong_place_or_form_stops_the_start_and_is_not_told(String key, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("sallyport.provider.base-url", "http://127.0.0.1:1"));
        if (key.contains("projects[0]")) {
            settings.put("sallyport.provider.projects[0].id", "project-1");
        }
        settings.put(key, value);

        Throwable told = catchThrowable(() -> SettingsOf.keys(settings));

        assertThat(told).isNotNull();
        var whole = new StringWriter();
        told.printStackTrace(new PrintWriter(whole, true));
        assertThat(whole.toString()).contains("sallyport.").doesNotContain(CANARY);
    }

    private static String call(String key, String field) {
        return head(
                        "POST /v1/sessions/migrate HTTP/1.1",
                        "Host: gateway",
                        "Authorization: Bearer " + key,
                        "Content-Type: application/json",
                        "Content-Length: " + GOOD.length(),
                        field.isEmpty() ? "X-None: 1" : field)
                + GOOD;
    }

    private static String users(String field) {
        return head(
                "GET /v1/users/one HTTP/1.1",
                "Host: gateway",
                "Authorization: Bearer " + CALLER.reveal(),
                field.isEmpty() ? "X-None: 1" : field);
    }

    private static String answered(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            Answer answer = client.read();
            String reason = answer.header("Sallyport-Rejection");
            assertThat(reason).isEqualTo(request.contains("X-Crash") ? "INTERNAL" : expected(request));
            return answer.status() + " " + answer.headers() + answer.body();
        }
    }

    private static String expected(String request) {
        return request.contains("Bearer " + CANARY) ? "CALLER_UNPROVEN" : "";
    }

    /** By bare bytes: a client in this process would have the token in its own log. */
    private static String management(String path) throws IOException {
        String told = sent(head("GET " + path + " HTTP/1.0", "Host: 127.0.0.1", "Authorization: Bearer " + TOKEN));
        assertThat(told).as(path).contains(path.endsWith("health") ? " 503 " : " 200 OK"); // there are no keys
        return told;
    }

    /** With a password that nothing else has. */
    private static Path keystore() throws Exception {
        return Certificate.of(folder, "dns:localhost").store(folder.resolve("own.p12"), KEYSTORE);
    }

    private static Path captured() {
        return folder.resolve("calls.ndjson");
    }

    /** What its letters always are in Base64, behind so many others in a group of three. */
    private static String encoded(int others) {
        int bits = 8 * (others + CANARY.length());
        return base64("x".repeat(others) + CANARY).substring(others == 0 ? 0 : others + 1, bits / 6);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
