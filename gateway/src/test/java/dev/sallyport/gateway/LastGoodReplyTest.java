package dev.sallyport.gateway;

import static dev.sallyport.gateway.ScriptedProvider.HANG_UP;
import static dev.sallyport.gateway.ScriptedProvider.SILENCE;
import static dev.sallyport.gateway.ScriptedProvider.error;
import static dev.sallyport.gateway.ScriptedProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A policy that the provider gave before, for when it gives none, over sockets. Each test has credentials of its own. */
@Timeout(120)
final class LastGoodReplyTest {
    private static final String POLICY = "/v1/rbac/policy";
    private static final String STALE = "sallyport_kept_replies_total{operation=\"rbac.policy\",result=\"stale\"}";
    private static final String FORGOTTEN =
            "sallyport_kept_replies_total{operation=\"rbac.policy\",result=\"forgotten\"}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ScriptedProvider provider;
    private static TestGateway gateway;

    private final String secret = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws IOException {
        provider = new ScriptedProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.retry.attempts=1",
                "--sallyport.kept-replies.patience=200ms",
                "--sallyport.provider.reply-limit=64KB");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    /** What a provider that is down may do. */
    static Stream<String> failures() {
        return Stream.of(
                HANG_UP,
                ScriptedProvider.CUT_SHORT,
                SILENCE,
                error(503, "server_unavailable"),
                error(500, "internal_server_error"),
                reply(200, "{\"status_code\":200,\"request_id\":\"request-1\",\"policy\":{}}"),
                reply(200, "<html>"),
                reply(302, "{}", "Location: http://127.0.0.1/"),
                reply(200, policy("x".repeat(70_000))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void stands_in_for_what_a_provider_that_fails_says(String failure) throws Exception {
        provider.does(failure, reply(200, policy("editor"), "Set-Cookie: a=b", "X-Other: b", "Sallyport-Kept: forged"));
        HttpResponse<String> first = policy(secret, "project-test-1");
        double stale = gateway.counted(STALE);

        HttpResponse<String> second = policy(secret, "project-test-1");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(field(first, "Sallyport-Kept")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(field(second, "Sallyport-Kept")).isEqualTo("stale");
        assertThat(field(second, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(field(second, "Age")).matches("\\d+");
        assertThat(field(second, "Content-Type")).isEqualTo("application/json");
        assertThat(second.headers().map()).doesNotContainKeys("set-cookie", "x-other", "sallyport-rejection");
        assertThat(gateway.counted(STALE) - stale).isEqualTo(1);
    }

    @Test
    void is_given_to_the_credentials_alone_that_it_came_for() throws Exception {
        provider.does(HANG_UP, reply(200, policy("editor")));
        policy(secret, "project-test-1");

        assertThat(policy(secret + "x", "project-test-1").statusCode()).isEqualTo(502);
        assertThat(policy(secret, "project-test-2").statusCode()).isEqualTo(502);
        assertThat(policy(secret, "project-test-1", "X-Stytch-Member-Session", "another")
                        .statusCode())
                .isEqualTo(502);
        assertThat(get("/v1/b2b/rbac/policy", secret, "project-test-1").statusCode())
                .isEqualTo(502);
        assertThat(policy(secret, "project-test-1").statusCode()).isEqualTo(200);
    }

    @Test
    void of_one_organization_is_not_given_for_another() throws Exception {
        String organizations = "/v1/b2b/rbac/organizations/";
        provider.does(HANG_UP, reply(200, organizationPolicy("first")), reply(200, organizationPolicy("second")));
        get(organizations + "first", secret, "project-test-1");
        get(organizations + "second", secret, "project-test-1");

        HttpResponse<String> first = get(organizations + "first", secret, "project-test-1");
        HttpResponse<String> second = get(organizations + "second", secret, "project-test-1");

        assertThat(first.body()).isEqualTo(organizationPolicy("first"));
        assertThat(second.body()).isEqualTo(organizationPolicy("second"));
        assertThat(field(second, "Sallyport-Kept")).isEqualTo("stale");
        assertThat(get(organizations + "First", secret, "project-test-1").statusCode())
                .isEqualTo(502);
        assertThat(get(organizations + "third", secret, "project-test-1").statusCode())
                .isEqualTo(502);
        assertThat(get(organizations + "first", secret + "x", "project-test-1").statusCode())
                .isEqualTo(502);
    }

    @Test
    void a_call_without_credentials_is_given_none() throws Exception {
        provider.does(HANG_UP, reply(200, policy("editor")));

        assertThat(without().statusCode()).isEqualTo(200);
        assertThat(without().statusCode()).isEqualTo(502);
    }

    @Test
    void is_forgotten_once_the_provider_refuses_the_credentials() throws Exception {
        provider.does(HANG_UP, reply(200, policy("editor")), error(401, "unauthorized_credentials"));
        double forgotten = gateway.counted(FORGOTTEN);
        policy(secret, "project-test-1");

        HttpResponse<String> refused = policy(secret, "project-test-1");
        HttpResponse<String> afterwards = policy(secret, "project-test-1");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("unauthorized_credentials");
        assertThat(afterwards.statusCode()).isEqualTo(502);
        assertThat(gateway.counted(FORGOTTEN) - forgotten).isEqualTo(1);
    }

    @Test
    void credentials_that_the_provider_refuses_have_nothing_kept_whatever_they_asked() throws Exception {
        String organization = "/v1/b2b/rbac/organizations/first";
        provider.does(
                HANG_UP,
                reply(200, organizationPolicy("editor")),
                reply(200, organizationPolicy("editor")),
                error(401, "unauthorized_credentials"));
        get(organization, secret, "project-test-1");
        get(organization, secret + "x", "project-test-1");

        policy(secret, "project-test-1");

        assertThat(get(organization, secret, "project-test-1").statusCode()).isEqualTo(502);
        assertThat(get(organization, secret + "x", "project-test-1").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void never_stands_in_for_a_refusal(String refusal, int status, boolean staysKept) throws Exception {
        provider.does(HANG_UP, reply(200, policy("editor")), refusal);
        policy(secret, "project-test-1");

        assertThat(policy(secret, "project-test-1").statusCode()).isEqualTo(status);
        assertThat(policy(secret, "project-test-1").statusCode()).isEqualTo(staysKept ? 200 : 502);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(error(400, "bad_request"), 400, false),
                Arguments.of(error(403, "forbidden"), 403, false),
                Arguments.of(error(404, "not_found"), 404, false),
                Arguments.of(error(408, "request_timeout"), 408, true),
                Arguments.of(error(429, "other"), 429, true));
    }

    @Test
    void what_the_provider_says_now_goes_before_what_it_said() throws Exception {
        provider.does(HANG_UP, reply(200, policy("editor")), reply(200, policy("reader")));
        policy(secret, "project-test-1");

        HttpResponse<String> second = policy(secret, "project-test-1");
        HttpResponse<String> third = policy(secret, "project-test-1");

        assertThat(second.body()).contains("reader");
        assertThat(third.body()).isEqualTo(second.body());
    }

    @Test
    void those_who_ask_at_once_share_one_call_to_the_provider() throws Exception {
        provider.does(SILENCE, reply(200, policy("editor")));
        policy(secret, "project-test-1");

        List<CompletableFuture<HttpResponse<String>>> calls = Stream.generate(
                        () -> CLIENT.sendAsync(request(POLICY, secret, "project-test-1"), BodyHandlers.ofString()))
                .limit(50)
                .toList();
        List<Integer> statuses =
                calls.stream().map(call -> call.join().statusCode()).distinct().toList();

        assertThat(statuses).containsExactly(200);
        assertThat(provider.asked()).hasSize(2);
    }

    private static String policy(String role) {
        return "{\"status_code\":200,\"request_id\":\"request-id-test-1\",\"policy\":{\"roles\":[{\"role_id\":\"" + role
                + "\",\"description\":\"\",\"permissions\":[]}],\"resources\":[],\"scopes\":[]}}";
    }

    private static String organizationPolicy(String role) {
        return "{\"status_code\":200,\"request_id\":\"request-id-test-1\",\"org_policy\":{\"roles\":[{\"role_id\":\""
                + role + "\",\"description\":\"\",\"permissions\":[]}]}}";
    }

    private static HttpResponse<String> policy(String secret, String project, String... fields) throws Exception {
        return get(POLICY, secret, project, fields);
    }

    private static HttpResponse<String> get(String path, String secret, String project, String... fields)
            throws Exception {
        return CLIENT.send(request(path, secret, project, fields), BodyHandlers.ofString());
    }

    private static HttpResponse<String> without() throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + POLICY))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest request(String path, String secret, String project, String... fields) {
        String credentials =
                Base64.getEncoder().encodeToString((project + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", "Basic " + credentials);
        for (int field = 0; field < fields.length; field += 2) {
            request.header(fields[field], fields[field + 1]);
        }
        return request.build();
    }

    private static String field(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
