package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every outcome of a lookup in every mode under every setting, through a running gateway and sandbox. Prints the table. */
@Timeout(180)
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway") // filled by JUnit, and before each invocation of the class
final class TelemetryModesTest {
    private static final List<String> TABLE = new ArrayList<>();
    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static CircuitBreaker breaker;
    private static HttpClient client;

    @Parameter
    private On on;

    /** What is set for the outcomes. */
    enum On {
        DEFAULTS,
        OPPOSITE
    }

    /** An outcome, what brings it about, and whether the default refuses it and as what. */
    enum Case {
        ALLOW("telemetry-allow-", 200),
        CHALLENGE("telemetry-challenge-", 200),
        BLOCK("telemetry-block-", 403),
        NOT_FOUND("telemetry-unknown-", 403),
        MISSING("", 403),
        TIMEOUT("telemetry-slow-", 503),
        RATE_LIMITED("telemetry-limited-", 503),
        BREAKER_OPEN("telemetry-allow-unasked-", 503),
        INVALID_REPLY("telemetry-garbage-", 503),
        UNAVAILABLE("telemetry-down-", 503);

        private final String telemetryId;
        private final int byDefault;

        Case(String telemetryId, int byDefault) {
            this.telemetryId = telemetryId;
            this.byDefault = byDefault;
        }

        String setting() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        int status(On on) {
            boolean refused = (byDefault != 200) == (on == On.DEFAULTS);
            int refusal =
                    switch (this) {
                        case ALLOW, CHALLENGE, BLOCK, NOT_FOUND, MISSING -> 403;
                        case TIMEOUT, RATE_LIMITED, BREAKER_OPEN, INVALID_REPLY, UNAVAILABLE -> 503;
                    };
            return refused ? refusal : 200;
        }

        /** Whether the sandbox hears of it. */
        boolean isAsked() {
            return this != MISSING && this != BREAKER_OPEN;
        }
    }

    /** A mode, and the operation that it is set for: one gateway shows them all. */
    enum Mode {
        OFF("b2b.sessions.migrate", "/v1/b2b/sessions/migrate"),
        FORWARD("b2b.sessions.attest", "/v1/b2b/sessions/attest"),
        OBSERVE("b2b.sessions.exchange", "/v1/b2b/sessions/exchange"),
        ENFORCE("sessions.migrate", "/v1/sessions/migrate");

        private final String operation;
        private final String path;

        Mode(String operation, String path) {
            this.operation = operation;
            this.path = path;
        }

        String body() {
            return switch (this) {
                case OFF ->
                    "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID + "\",\"session_token\":\""
                            + Fixtures.FOREIGN_TOKEN + "\"}";
                case FORWARD ->
                    "{\"profile_id\":\"" + Fixtures.TRUSTED_PROFILE_ID + "\",\"token\":\""
                            + sandbox.fixtures().trustedToken() + "\"}";
                case OBSERVE ->
                    "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID + "\",\"session_token\":\""
                            + Fixtures.MEMBER_SESSION_TOKEN + "\"}";
                case ENFORCE ->
                    "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
            };
        }

        String authorization() {
            return this == ENFORCE ? Fixtures.consumerAuthorization() : Fixtures.b2bAuthorization();
        }
    }

    @BeforeParameterizedClassInvocation
    static void start(On on) {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        List<String> settings = new ArrayList<>(List.of(
                "--sallyport.provider.fraud-base-url=" + sandbox.baseUrl(),
                "--sallyport.telemetry.timeout=1s",
                "--sallyport.telemetry.breaker.window=1000",
                "--sallyport.telemetry.breaker.failures=100%"));
        for (Mode mode : Mode.values()) {
            settings.add("--sallyport.telemetry.operations." + mode.operation + "=" + mode);
        }
        if (on == On.OPPOSITE) {
            for (Case each : Case.values()) {
                settings.add("--sallyport.telemetry.on." + each.setting() + "="
                        + (each.byDefault == 200 ? "refuse" : "forward"));
            }
        }
        gateway = TestGateway.inFrontOf(sandbox.baseUrl(), settings.toArray(String[]::new));
        breaker = gateway.bean(CircuitBreakerRegistry.class).circuitBreaker("telemetry");
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        gateway.close();
        sandbox.close();
        System.out.printf(
                "%n%-9s %-14s %-8s %6s  %-22s %-9s %s%n",
                "on", "outcome", "mode", "status", "rejection", "looked up", "provider called");
        TABLE.forEach(System.out::println);
        TABLE.clear();
    }

    static Stream<Arguments> rows() {
        return Stream.of(Case.values())
                .flatMap(each -> Stream.of(Mode.values()).map(mode -> Arguments.arguments(each, mode)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void the_mode_and_the_setting_decide(Case each, Mode mode) throws Exception {
        String telemetryId = each.telemetryId.isEmpty() ? "" : each.telemetryId + on + "-" + mode;
        int before = requests("/v1/fingerprint/lookup");
        int called = requests(mode.path);
        double decided = decisions(each, mode);
        if (each == Case.BREAKER_OPEN) {
            breaker.transitionToForcedOpenState();
        }

        HttpResponse<String> answer = call(mode, telemetryId);

        boolean looksUp = mode == Mode.OBSERVE || mode == Mode.ENFORCE;
        if (looksUp) {
            awaitDecision(each, mode, decided + 1);
        }
        if (each == Case.BREAKER_OPEN) {
            breaker.transitionToClosedState();
        }
        int lookups = requests("/v1/fingerprint/lookup") - before;
        int calls = requests(mode.path) - called;
        String rejection = answer.headers().firstValue("Sallyport-Rejection").orElse("");
        TABLE.add(String.format(
                Locale.ROOT,
                "%-9s %-14s %-8s %6d  %-22s %-9s %s",
                on,
                each.setting(),
                mode.name().toLowerCase(Locale.ROOT),
                answer.statusCode(),
                rejection,
                lookups == 1 ? "yes" : "no",
                calls == 1 ? "yes" : "no"));
        int expected = mode == Mode.ENFORCE ? each.status(on) : 200;
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        assertThat(rejection)
                .isEqualTo(
                        switch (expected) {
                            case 403 -> "DEVICE_REFUSED";
                            case 503 -> "TELEMETRY_UNAVAILABLE";
                            default -> "";
                        });
        assertThat(calls).isEqualTo(expected == 200 ? 1 : 0);
        assertThat(lookups).isEqualTo(looksUp && each.isAsked() ? 1 : 0);
    }

    private static HttpResponse<String> call(Mode mode, String telemetryId) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + mode.path))
                .header("Authorization", mode.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(mode.body()));
        if (!telemetryId.isEmpty()) {
            request.header("X-Telemetry-ID", telemetryId);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int requests(String path) {
        return (int) sandbox.requests().stream()
                .filter(request -> request.uri().equals(path))
                .count();
    }

    private static void awaitDecision(Case each, Mode mode, double wanted) throws Exception {
        Waiting.until("the decision is counted", () -> decisions(each, mode) >= wanted);
        assertThat(decisions(each, mode)).isEqualTo(wanted);
    }

    private static double decisions(Case each, Mode mode) throws Exception {
        String outcome = "outcome=\"" + each.name().toLowerCase(Locale.ROOT) + "\"";
        return gateway.scraped()
                .filter(line -> line.startsWith("sallyport_telemetry_decisions_total{"))
                .filter(line -> line.contains(outcome) && line.contains("operation=\"" + mode.operation + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
