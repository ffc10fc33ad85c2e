package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.KeyRun.Figures;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.fault.JwksFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Starts during an outage of the published keys: without any, with those of the last process, and with damaged ones. */
@Timeout(120)
final class KeysAtStartTest {
    private static final String PROJECT = "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID;

    @Test
    void without_keys_the_gateway_is_not_ready_until_they_are_published_again() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
            sandbox.jwksFault(JwksFault.DOWN);
            try (var gateway = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT, "--sallyport.deadline=2s");
                    var run = new KeyRun(sandbox, gateway)) {
                Waiting.until("asked", () -> sandbox.jwksFetches() > 2);
                assertThat(run.managed("/actuator/health/readiness").statusCode())
                        .isEqualTo(503);
                Figures down = run.whileCalling("down at the start", run::migrate, KeyRun.after(Duration.ofSeconds(1)));
                assertThat(down.outcomes()).containsOnlyKeys("503 SESSION_KEYS_UNAVAILABLE");
                assertThat(down.fetches()).isLessThan(12);

                sandbox.jwksFault(JwksFault.NONE);

                Waiting.until(
                        "ready", () -> run.managed("/actuator/health/readiness").statusCode() == 200);
                Figures up = run.whileCalling("up after the start", run::migrate, KeyRun.after(Duration.ofMillis(500)));
                assertThat(up.failures()).isZero();
            }
        }
    }

    @Test
    void keys_of_the_last_process_serve_during_an_outage(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.json");
        String setting = "--sallyport.session-token.jwks.file=" + file;
        try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
            try (var first = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT, setting);
                    var run = new KeyRun(sandbox, first)) {
                Waiting.until("saved", () -> Files.exists(file));
                assertThat(run.managed("/actuator/keys").body()).contains("\"fromFile\":false");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file)).contains("\"version\":1").doesNotContain("\"d\":");
            sandbox.jwksFault(JwksFault.DOWN);

            try (var second = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT, setting);
                    var run = new KeyRun(sandbox, second)) {
                Waiting.until(
                        "ready", () -> run.managed("/actuator/health/readiness").statusCode() == 200);
                Figures figures = run.whileCalling(
                        "restarted during an outage", run::migrate, KeyRun.after(Duration.ofSeconds(1)));

                assertThat(figures.failures()).isZero();
                assertThat(run.managed("/actuator/keys").body()).contains("\"fromFile\":true");
            }
        }
    }

    @Test
    void a_damaged_file_is_ignored(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), "{\"version\":1,\"sets\":[{]}");
        try (var sandbox = Sandbox.start(SandboxOptions.defaults());
                var gateway = TestGateway.inFrontOf(
                        sandbox.baseUrl(), PROJECT, "--sallyport.session-token.jwks.file=" + file);
                var run = new KeyRun(sandbox, gateway)) {
            Waiting.until(
                    "ready", () -> run.managed("/actuator/health/readiness").statusCode() == 200);

            assertThat(run.migrate()).isEqualTo("200");
            Waiting.until("replaced", () -> Files.readString(file).contains("jwk-test-"));
        }
    }

    @Test
    void a_project_with_a_domain_of_its_own_has_its_keys_fetched_from_there_alone() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
            String jwks = KeyRun.text(sandbox.baseUrl() + "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID);
            sandbox.jwksFault(JwksFault.DOWN);
            long before = sandbox.jwksFetches();
            DisposableServer own = HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .route(routes -> routes.get(
                            "/.well-known/jwks.json",
                            (request, response) -> response.header("Content-Type", "application/json")
                                    .sendString(Mono.just(jwks))))
                    .bindNow();
            String url = "http://127.0.0.1:" + own.port() + "/.well-known/jwks.json";

            try (var gateway = TestGateway.inFrontOf(
                            sandbox.baseUrl(), PROJECT, "--sallyport.provider.projects[0].jwks-url=" + url);
                    var run = new KeyRun(sandbox, gateway)) {
                Waiting.until(
                        "ready", () -> run.managed("/actuator/health/readiness").statusCode() == 200);

                assertThat(run.migrate()).isEqualTo("200");
                assertThat(run.managed("/actuator/keys").body()).contains("\"address\":\"" + url + "\"");
                assertThat(sandbox.jwksFetches()).isEqualTo(before);
            } finally {
                own.disposeNow();
            }
        }
    }
}
