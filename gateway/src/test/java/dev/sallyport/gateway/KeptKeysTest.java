package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.models.sessions.AuthenticateRequest;
import com.stytch.java.consumer.models.sessions.AuthenticateResponse;
import com.stytch.java.consumer.models.sessions.GetJWKSRequest;
import com.stytch.java.consumer.models.sessions.GetJWKSResponse;
import com.stytch.java.consumer.models.sessions.Session;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.fault.JwksFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** Session keys for those who verify by themselves, as the gateway keeps them; keys are due every second here. */
@Timeout(120)
final class KeptKeysTest {
    private static final String PATH = "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID;
    private static final String PROJECT = "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID;
    private static final String OFTEN = "--sallyport.session-token.jwks.refresh=1s";
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void fresh_keys_are_given_without_asking_the_provider_whatever_is_said_of_caches() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.defaults());
                var gateway = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT)) {
            Waiting.until("kept", () -> kept(gateway).equals("fresh"));
            long before = sandbox.jwksFetches();

            HttpResponse<String> answer = get(
                    gateway,
                    PATH + "?project_id=" + Fixtures.CONSUMER_PROJECT_ID,
                    "Cache-Control",
                    "no-cache",
                    "Pragma",
                    "no-cache");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(field(answer, "Sallyport-Kept")).isEqualTo("fresh");
            assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=600");
            assertThat(Integer.parseInt(field(answer, "Age"))).isNotNegative();
            assertThat(sandbox.jwksFetches()).isEqualTo(before);
            assertThat(keys(answer.body())).isEqualTo(keys(KeyRun.text(sandbox.baseUrl() + PATH)));
            assertThat(JSON.readTree(answer.body()).propertyNames())
                    .containsExactlyInAnyOrder("keys", "request_id", "status_code");
            assertThat(gateway.counted("sallyport_kept_replies_total{operation=\"sessions.jwks\",result=\"fresh\"}"))
                    .isPositive();
        }
    }

    @Test
    void a_client_verifies_by_itself_while_keys_are_down_before_and_after_a_rotation() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.defaults());
                var gateway = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT, OFTEN)) {
            Waiting.until("kept", () -> kept(gateway).equals("fresh"));
            String before = jwt(gateway);

            sandbox.jwksFault(JwksFault.DOWN);
            Waiting.until("stale", () -> kept(gateway).equals("stale"));
            assertThat(userOf(gateway, before)).isEqualTo(Fixtures.USER_ID);

            sandbox.jwksFault(JwksFault.NONE);
            sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);
            String after = jwt(gateway);
            Waiting.until("both", () -> keys(get(gateway, PATH).body()).size() == 2);
            sandbox.jwksFault(JwksFault.DOWN);
            Waiting.until("stale", () -> kept(gateway).equals("stale"));

            assertThat(userOf(gateway, before)).isEqualTo(Fixtures.USER_ID);
            assertThat(userOf(gateway, after)).isEqualTo(Fixtures.USER_ID);
        }
    }

    @Test
    void a_client_reads_keys_of_an_earlier_process_while_they_are_down(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.json");
        String setting = "--sallyport.session-token.jwks.file=" + file;
        try (var sandbox = Sandbox.start(SandboxOptions.defaults())) {
            try (var first = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT, setting)) {
                Waiting.until("saved", () -> Files.exists(file));
                Waiting.until("kept", () -> kept(first).equals("fresh"));
            }
            sandbox.jwksFault(JwksFault.DOWN);

            try (var second = TestGateway.inFrontOf(sandbox.baseUrl(), PROJECT, setting);
                    var client = client(second)) {
                HttpResponse<String> answer = get(second, PATH);
                GetJWKSResponse typed = value(
                        client.getSessions().getJWKSCompletable(new GetJWKSRequest(Fixtures.CONSUMER_PROJECT_ID)));

                assertThat(field(answer, "Sallyport-Kept")).isEqualTo("stale");
                assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=30");
                assertThat(typed.getKeys()).hasSize(1);
                assertThat(typed.getKeys().get(0).getX5C()).isNotEmpty();
            }
        }
    }

    @Test
    void no_member_that_the_contract_does_not_name_is_given_or_saved_and_no_private_one(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("keys.json");
        RSAKey good = new RSAKeyGenerator(2048).keyID("good").generate();
        RSAKey leaked = new RSAKeyGenerator(2048).keyID("leaked").generate();
        String published = document(good, leaked);
        DisposableServer provider = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> response.header("Content-Type", "application/json")
                        .header("Sallyport-Kept", "forged")
                        .sendString(Mono.just(published)))
                .bindNow();
        try (var gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:" + provider.port(), PROJECT, "--sallyport.session-token.jwks.file=" + file)) {
            Waiting.until("kept", () -> kept(gateway).equals("fresh"));
            Waiting.until("saved", () -> Files.exists(file));

            String given = get(gateway, PATH).body();

            assertThat(keys(given).keySet()).containsExactly("good");
            assertThat(given).contains("thumbprint-of-good").doesNotContain("hush", "leaked", "cache_hint");
            assertThat(Files.readString(file)).contains("thumbprint-of-good").doesNotContain("hush", "leaked");
            assertThat(given + Files.readString(file))
                    .doesNotContain(
                            good.getPrivateExponent().toString(),
                            leaked.getPrivateExponent().toString(),
                            leaked.getModulus().toString());
        } finally {
            provider.disposeNow();
        }
    }

    @Test
    void of_a_project_without_kept_keys_the_provider_is_asked() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.defaults());
                var gateway = TestGateway.inFrontOf(sandbox.baseUrl())) {
            long before = sandbox.jwksFetches();

            HttpResponse<String> known = get(gateway, PATH);
            HttpResponse<String> unknown = get(gateway, "/v1/sessions/jwks/project-test-unknown");

            assertThat(known.statusCode()).isEqualTo(200);
            assertThat(field(known, "Sallyport-Kept")).isEmpty();
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("invalid_project_id_authentication");
            assertThat(sandbox.jwksFetches()).isEqualTo(before + 2);
        }
    }

    @Test
    void keys_pass_through_if_the_settings_say_so() throws Exception {
        try (var sandbox = Sandbox.start(SandboxOptions.defaults());
                var gateway = TestGateway.inFrontOf(
                        sandbox.baseUrl(), PROJECT, "--sallyport.kept-replies.session-keys=false")) {
            HttpResponse<String> answer = get(gateway, PATH);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(field(answer, "Sallyport-Kept")).isEmpty();
            assertThat(field(answer, "Cache-Control")).isEqualTo("public, max-age=900");
        }
    }

    /** A key as it should be with words beside it that are not for others, and one with its private half. */
    private static String document(RSAKey good, RSAKey leaked) {
        String members = "\"use\":\"sig\",\"key_ops\":[\"verify\"],\"alg\":\"RS256\",\"x5c\":[],";
        String one = good.toPublicJWK()
                .toJSONString()
                .replaceFirst(
                        "\\{",
                        "{" + members
                                + "\"x5tS256\":\"thumbprint-of-good\",\"pem\":\"hush\",\"x5u\":\"hush\",\"k\":\"hush\",");
        String other = leaked.toJSONString().replaceFirst("\\{", "{" + members + "\"x5tS256\":\"hush\",");
        return "{\"keys\":[" + one + "," + other
                + "],\"request_id\":\"request-id-test-1\",\"status_code\":200,\"cache_hint\":1,\"secret\":\"hush\"}";
    }

    private static StytchClient client(TestGateway gateway) {
        return new StytchClient(
                Fixtures.CONSUMER_PROJECT_ID,
                Fixtures.CONSUMER_SECRET,
                new OptionalClientConfig("http://127.0.0.1:" + gateway.port()));
    }

    private static String jwt(TestGateway gateway) {
        try (var client = client(gateway)) {
            AuthenticateResponse reply = value(client.getSessions()
                    .authenticateCompletable(new AuthenticateRequest(Fixtures.USER_SESSION_TOKEN, 30)));
            return reply.getSessionJWT();
        }
    }

    /** As a new client has it, which knows no keys yet. */
    private static String userOf(TestGateway gateway, String jwt) {
        try (var client = client(gateway)) {
            Session session = value(client.getSessions().authenticateJwtLocalCompletable(jwt, null, 0));
            return session.getUserId();
        }
    }

    private static <T> T value(CompletableFuture<StytchResult<T>> future) {
        StytchResult<T> result = future.join();
        assertThat(result).isInstanceOf(StytchResult.Success.class);
        return ((StytchResult.Success<T>) result).getValue();
    }

    private static Map<String, JWK> keys(String jwks) throws java.text.ParseException {
        return JWKSet.parse(jwks).getKeys().stream()
                .collect(java.util.stream.Collectors.toMap(JWK::getKeyID, key -> key));
    }

    private static String kept(TestGateway gateway) throws IOException, InterruptedException {
        return field(get(gateway, PATH), "Sallyport-Kept");
    }

    private static String field(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> get(TestGateway gateway, String path, String... fields)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
