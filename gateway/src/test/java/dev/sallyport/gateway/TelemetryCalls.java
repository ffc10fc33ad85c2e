package dev.sallyport.gateway;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.server.RecordedRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Calls of devices through a gateway that looks them up, and what the sandbox saw of them. One operation enforces, one
 * observes; what was found is told to caller and provider. Each test begins with a closed breaker.
 */
final class TelemetryCalls implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String MIGRATE = "/v1/sessions/migrate";
    static final String EXCHANGE = "/v1/b2b/sessions/exchange";

    private static final String LOOKUP = "/v1/fingerprint/lookup";
    private static final String MIGRATION =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String EXCHANGED = "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID
            + "\",\"session_token\":\"" + Fixtures.MEMBER_SESSION_TOKEN + "\"}";

    private final RunningGateway running = RunningGateway.with(
            SandboxOptions.defaults().withFaults(true),
            "--sallyport.provider.fraud-base-url={sandbox}",
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

    @Override
    public void beforeAll(ExtensionContext context) {
        running.beforeAll(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        breaker().reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running.afterAll(context);
    }

    TestGateway gateway() {
        return running.gateway();
    }

    HttpClient client() {
        return running.client();
    }

    CircuitBreaker breaker() {
        return running.gateway().bean(CircuitBreakerRegistry.class).circuitBreaker("telemetry");
    }

    HttpRequest.Builder migrate(String telemetryId) {
        return request(MIGRATE, Fixtures.consumerAuthorization(), MIGRATION, telemetryId);
    }

    HttpRequest.Builder exchange(String telemetryId) {
        return request(EXCHANGE, Fixtures.b2bAuthorization(), EXCHANGED, telemetryId);
    }

    HttpRequest.Builder attest(String telemetryId) {
        String body = "{\"profile_id\":\"" + Fixtures.TRUSTED_PROFILE_ID + "\",\"token\":\""
                + running.sandbox().fixtures().trustedToken() + "\"}";
        return request("/v1/b2b/sessions/attest", Fixtures.b2bAuthorization(), body, telemetryId);
    }

    HttpRequest.Builder request(String path, String authorization, String body, String telemetryId) {
        return running.call(path, authorization, body).header("X-Telemetry-ID", telemetryId);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return running.send(request);
    }

    void awaitLookup(String telemetryId) {
        Waiting.until("looked up", () -> !lookupsOf(telemetryId).isEmpty());
    }

    List<RecordedRequest> requests(String path) {
        return running.sandbox().requests().stream()
                .filter(request -> request.uri().equals(path))
                .toList();
    }

    List<RecordedRequest> lookupsOf(String telemetryId) {
        return requests(LOOKUP).stream()
                .filter(request -> request.bodyText().contains("\"" + telemetryId + "\""))
                .toList();
    }

    RecordedRequest callOf(String path, String telemetryId) {
        return requests(path).stream()
                .filter(request -> request.bodyText().contains("\"" + telemetryId + "\""))
                .findFirst()
                .orElseThrow();
    }
}
