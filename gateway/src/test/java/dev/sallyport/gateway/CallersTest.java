package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.stytch.java.common.OptionalClientConfig;
import com.stytch.java.common.StytchException;
import com.stytch.java.common.StytchResult;
import com.stytch.java.consumer.StytchClient;
import com.stytch.java.consumer.models.debug.WhoamiRequest;
import com.stytch.java.consumer.models.sessions.MigrateRequest;
import dev.sallyport.caller.ApiKey;
import dev.sallyport.gateway.management.Reloads.By;
import dev.sallyport.gateway.management.Reloads.Result;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway holds the provider's secrets and callers have none: API keys and tokens of a company's issuer, over sockets, in front
 * of a provider that looks at its credentials.
 */
@Timeout(180)
final class CallersTest {
    private static final byte[] HASH_KEY = new byte[32];
    private static final ApiKey KEY = ApiKey.random(new SecureRandom());
    private static final ApiKey NEXT_KEY = ApiKey.random(new SecureRandom());
    private static final ApiKey PLAIN_KEY = ApiKey.random(new SecureRandom());
    private static final ApiKey LIMITED_KEY = ApiKey.random(new SecureRandom());
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String EXCHANGE = "/v1/b2b/sessions/exchange";
    private static final String MIGRATION = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static Sandbox sandbox;
    private static FakeIssuer issuer;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        issuer = new FakeIssuer();
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/provider-b2b"), Fixtures.B2B_SECRET + "\n");
        writeCallers(KEY);
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--spring.config.additional-location=" + settings().toUri(),
                "--spring.config.import=configtree:" + folder.resolve("secrets") + "/",
                "--server.forward-headers-strategy=native",
                "--sallyport.reload.watch=false",
                "--sallyport.idempotency.mode=on",
                "--sallyport.logs.audit=true",
                "--sallyport.logs.access=true",
                "--sallyport.other-calls[0].id=users",
                "--sallyport.other-calls[0].predicates[0]=Path=/v1/users/**",
                "--sallyport.provider.credentials=replace",
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[0].secret=" + Fixtures.CONSUMER_SECRET,
                "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID,
                "--sallyport.provider.projects[1].secret=${provider-b2b}");
        Waiting.until("ready", () -> managed("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        issuer.close();
        sandbox.close();
    }

    private static Path settings() {
        return folder.resolve("sallyport.yml");
    }

    /** One caller's keys change, all else stays. */
    private static void writeCallers(ApiKey... ofBilling) throws IOException {
        Files.writeString(settings(), """
                sallyport:
                  callers:
                    hash-keys: ["%s"]
                    jwt:
                      issuer: %s
                      audience: %s
                      jwks-url: %s
                      algorithm: ES256
                      scopes: [sessions]
                    list:
                      - name: billing
                        keys: [%s]
                        operations: ["*"]
                        projects: ["*"]
                        organizations: ["*"]
                      - name: orders
                        keys: ["%s"]
                        subjects: [orders-service]
                        operations: [b2b.sessions.exchange, b2b.sessions.authenticate, b2b.sessions.list, other]
                        projects: [%s]
                        organizations: [%s]
                      - name: batch
                        keys: ["%s"]
                        operations: [sessions.migrate]
                        projects: [%s]
                        organizations: ["*"]
                        limits: [{ name: hourly, permits: 2, per: 1h }]
                """.formatted(
                        Base64.getEncoder().encodeToString(HASH_KEY),
                        FakeIssuer.NAME,
                        FakeIssuer.AUDIENCE,
                        issuer.keys(),
                        String.join(
                                ", ",
                                List.of(ofBilling).stream()
                                        .map(key -> '"' + key.setting(HASH_KEY) + '"')
                                        .toList()),
                        PLAIN_KEY.setting(HASH_KEY),
                        Fixtures.B2B_PROJECT_ID,
                        Fixtures.PLAIN_ORGANIZATION_ID,
                        LIMITED_KEY.setting(HASH_KEY),
                        Fixtures.CONSUMER_PROJECT_ID));
    }

    @Test
    void the_official_sdk_calls_with_an_api_key_in_place_of_the_secret() {
        var config = new OptionalClientConfig("http://127.0.0.1:" + gateway.port());
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, KEY.reveal(), config)) {
            var migrated = client.getSessions()
                    .migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN, 60))
                    .join();
            var whose = client.getDebug().whoamiCompletable(new WhoamiRequest()).join();

            assertThat(migrated).isInstanceOf(StytchResult.Success.class);
            assertThat(whose).isInstanceOf(StytchResult.Success.class);
        }
        assertThat(sandbox.requests())
                .noneMatch(request -> request.headers().toString().contains(KEY.reveal()));
        assertThat(sandbox.requests())
                .anyMatch(request -> request.header("Authorization")
                        .filter(Fixtures.consumerAuthorization()::equals)
                        .isPresent());
    }

    @Test
    void the_official_sdk_reads_the_refusal_of_a_wrong_key_as_an_ordinary_error_and_logs_no_user_out() {
        var config = new OptionalClientConfig("http://127.0.0.1:" + gateway.port());
        try (var client = new StytchClient(Fixtures.CONSUMER_PROJECT_ID, Fixtures.CONSUMER_SECRET, config)) {
            var refused = client.getSessions()
                    .migrateCompletable(new MigrateRequest(Fixtures.FOREIGN_TOKEN))
                    .join();

            assertThat(refused).isInstanceOf(StytchResult.Error.class);
            var reason = ((StytchException.Response) ((StytchResult.Error) refused).getException()).getReason();
            assertThat(reason.getStatusCode()).isEqualTo(401);
            assertThat(reason.getErrorType()).isEqualTo("caller_unproven");
        }
    }

    @Test
    void what_proves_nothing_is_refused_and_never_reaches_the_provider() throws Exception {
        String forged = KEY.reveal().substring(0, KEY.reveal().length() - 3) + "abc";
        int before = sandbox.requests().size();
        for (String shown : List.of(
                "Bearer " + forged,
                basic(Fixtures.CONSUMER_PROJECT_ID, forged),
                Fixtures.consumerAuthorization(),
                "Bearer " + issuer.forged(),
                "Bearer " + issuer.token(Map.of("exp", 1_700_000_000L)),
                "Bearer " + issuer.token(Map.of("aud", "another")),
                "Bearer " + issuer.token(Map.of("iss", "https://login.example.net")),
                "Bearer " + issuer.token(Map.of("scope", "none")),
                "Bearer " + issuer.token(Map.of("sub", "a-stranger")))) {
            HttpResponse<String> refused = post("192.0.2.1", MIGRATE, shown, MIGRATION);

            assertThat(refused.statusCode()).as(shown).isEqualTo(401);
            assertThat(refused.headers().firstValue("Sallyport-Rejection")).contains("CALLER_UNPROVEN");
            assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(refused.body())
                    .contains("\"error_type\":\"caller_unproven\"")
                    .doesNotContain("sallyport_", "eyJ");
        }
        assertThat(sandbox.requests()).hasSize(before);
        assertThat(gateway.counted("sallyport_callers_refused_total{caller=\"(none)\",why=\"token_expired\"}"))
                .isPositive();
        assertThat(gateway.counted("sallyport_callers_slowed_down_total")).isPositive();
    }

    @Test
    void a_token_of_the_companys_issuer_proves_its_caller_also_after_the_issuer_has_another_key() throws Exception {
        String before = issuer.token(Map.of());

        assertThat(exchange("192.0.2.2", "Bearer " + before).statusCode()).isEqualTo(200);
        issuer.rotate();
        assertThat(exchange("192.0.2.2", "Bearer " + issuer.token(Map.of())).statusCode())
                .isEqualTo(200);
        assertThat(exchange("192.0.2.2", "Bearer " + before).statusCode())
                .as("signed with a key that is not published any more")
                .isEqualTo(401);
        assertThat(gateway.counted("sallyport_callers_proven_total{by=\"token\",caller=\"orders\"}"))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void lines_tell_whose_session_it_is_and_of_which_project() throws Exception {
        try (var log = new LogCapture()) {
            log.quiet();
            assertThat(exchange("192.0.2.9", "Bearer " + PLAIN_KEY.reveal()).statusCode())
                    .isEqualTo(200);

            var seen = new StringBuilder();
            await().until(() -> seen.append(log.taken()).toString().contains("dev.sallyport.access"));
            assertThat(seen)
                    .contains("outcome=\"made\"", "caller=\"orders\"", "project=\"" + Fixtures.B2B_PROJECT_ID + "\"")
                    .doesNotContain(PLAIN_KEY.reveal());
            assertThat(seen.toString().lines().filter(line -> line.startsWith("dev.sallyport.access")))
                    .singleElement(STRING)
                    .contains("caller=\"orders\"", "project=\"" + Fixtures.B2B_PROJECT_ID + "\"");
        }
    }

    @Test
    void callers_are_held_to_operations_projects_and_organizations() throws Exception {
        String orders = "Bearer " + PLAIN_KEY.reveal();

        assertThat(exchange("192.0.2.3", orders).statusCode()).isEqualTo(200);
        assertForbidden(post("192.0.2.3", MIGRATE, orders, MIGRATION), "this operation");
        assertForbidden(
                post(
                        "192.0.2.3",
                        EXCHANGE,
                        basic(Fixtures.CONSUMER_PROJECT_ID, PLAIN_KEY.reveal()),
                        exchange(Fixtures.PLAIN_ORGANIZATION_ID)),
                "project");
        assertForbidden(post("192.0.2.3", EXCHANGE, orders, exchange(Fixtures.MFA_ORGANIZATION_ID)), "organization");
        assertForbidden(
                post(
                        "192.0.2.3",
                        "/v1/b2b/sessions/authenticate",
                        orders,
                        "{\"session_token\":\"" + Fixtures.MEMBER_SESSION_TOKEN + "\"}"),
                "organization");
        assertThat(gateway.counted("sallyport_callers_refused_total{caller=\"orders\",why=\"organization\"}"))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_call_that_might_name_two_organizations_is_refused_also_where_its_contract_only_reports() throws Exception {
        String orders = "Bearer " + PLAIN_KEY.reveal();
        String own = exchange(Fixtures.PLAIN_ORGANIZATION_ID);
        String other = "\"Organization_ID\":\"" + Fixtures.MFA_ORGANIZATION_ID + "\",";
        String list = "/v1/b2b/sessions?member_id=" + Fixtures.PLAIN_MEMBER_ID + "&organization_id="
                + Fixtures.PLAIN_ORGANIZATION_ID;
        Files.writeString(settings(), "  contracts: { request: report }\n", StandardOpenOption.APPEND);
        gateway.bean(Reloader.class).reload(By.ENDPOINT);
        try {
            assertThat(post("192.0.2.11", EXCHANGE, orders, own).statusCode()).isEqualTo(200);
            for (String doubtful :
                    List.of(own.replaceFirst("\\{", "{" + other), own.replaceFirst("}$", "," + other + "\"x\":1}"))) {
                assertForbidden(post("192.0.2.11", EXCHANGE, orders, doubtful), "organization");
            }
            assertForbidden(
                    post("192.0.2.11", EXCHANGE + "?organization_id=" + Fixtures.MFA_ORGANIZATION_ID, orders, own),
                    "organization");
            assertThat(get(list, orders).statusCode()).isEqualTo(200);
            for (String name :
                    List.of("organization_id", "Organization_ID", "organization_id%5B%5D", "organization.id")) {
                assertForbidden(get(list + "&" + name + "=" + Fixtures.MFA_ORGANIZATION_ID, orders), "organization");
            }
        } finally {
            writeCallers(KEY);
            gateway.bean(Reloader.class).reload(By.ENDPOINT);
        }
    }

    @Test
    void a_caller_of_several_projects_has_to_name_one() throws Exception {
        assertForbidden(post("192.0.2.4", MIGRATE, "Bearer " + KEY.reveal(), MIGRATION), "names none");
        assertThat(post("192.0.2.4", MIGRATE, basic(Fixtures.CONSUMER_PROJECT_ID, KEY.reveal()), MIGRATION)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void calls_that_no_contract_knows_need_a_caller_who_may_make_them() throws Exception {
        assertThat(post("192.0.2.5", "/v1/users/search", "", "{}").statusCode()).isEqualTo(401);
        assertForbidden(
                post("192.0.2.5", "/v1/users/search", basic(Fixtures.CONSUMER_PROJECT_ID, KEY.reveal()), "{}"),
                "this operation");
        assertForbidden(post("192.0.2.5", "/v1/users/search", "Bearer " + PLAIN_KEY.reveal(), "{}"), "organization");
    }

    @Test
    void public_keys_are_given_to_all_and_no_key_of_a_caller_goes_on() throws Exception {
        URI keys =
                URI.create("http://127.0.0.1:" + gateway.port() + "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID);

        HttpResponse<String> given =
                CLIENT.send(HttpRequest.newBuilder(keys).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(given.statusCode()).isEqualTo(200);
    }

    @Test
    void a_limit_of_one_caller_holds_back_that_caller_alone() throws Exception {
        String batch = "Bearer " + LIMITED_KEY.reveal();

        assertThat(post("192.0.2.6", MIGRATE, batch, MIGRATION).statusCode()).isEqualTo(200);
        assertThat(post("192.0.2.7", MIGRATE, batch, MIGRATION).statusCode()).isEqualTo(200);
        HttpResponse<String> third = post("192.0.2.8", MIGRATE, batch, MIGRATION);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).contains("batch/hourly");
        assertThat(post("192.0.2.6", MIGRATE, basic(Fixtures.CONSUMER_PROJECT_ID, KEY.reveal()), MIGRATION)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_one_caller_was_answered_under_an_idempotency_key_is_not_given_to_another() throws Exception {
        String body = exchange(Fixtures.PLAIN_ORGANIZATION_ID);
        HttpResponse<String> first = keyed("Bearer " + PLAIN_KEY.reveal(), body);
        HttpResponse<String> again = keyed("Bearer " + issuer.token(Map.of()), body);
        HttpResponse<String> other = keyed(basic(Fixtures.B2B_PROJECT_ID, KEY.reveal()), body);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).as("the same caller, proven otherwise").isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isNotEqualTo(first.body());
    }

    @Test
    void a_key_is_replaced_without_a_restart_while_two_are_valid() throws Exception {
        String old = basic(Fixtures.CONSUMER_PROJECT_ID, KEY.reveal());
        String next = basic(Fixtures.CONSUMER_PROJECT_ID, NEXT_KEY.reveal());
        try {
            assertThat(post("192.0.2.9", MIGRATE, next, MIGRATION).statusCode()).isEqualTo(401);

            writeCallers(NEXT_KEY, KEY);
            assertThat(gateway.bean(Reloader.class).reload(By.ENDPOINT).result())
                    .isEqualTo(Result.RELOADED);
            assertThat(post("192.0.2.9", MIGRATE, next, MIGRATION).statusCode()).isEqualTo(200);
            assertThat(post("192.0.2.9", MIGRATE, old, MIGRATION).statusCode()).isEqualTo(200);

            writeCallers(NEXT_KEY);
            gateway.bean(Reloader.class).reload(By.ENDPOINT);
            assertThat(post("192.0.2.9", MIGRATE, old, MIGRATION).statusCode()).isEqualTo(401);
        } finally {
            writeCallers(KEY);
            gateway.bean(Reloader.class).reload(By.ENDPOINT);
        }
    }

    @Test
    void no_endpoint_shows_a_secret() throws Exception {
        for (String endpoint : List.of("contracts", "keys", "health", "info", "env", "configprops", "prometheus")) {
            assertThat(managed("/actuator/" + endpoint).body())
                    .doesNotContain(
                            Fixtures.CONSUMER_SECRET,
                            Fixtures.B2B_SECRET,
                            Base64.getEncoder().encodeToString(HASH_KEY),
                            KEY.reveal(),
                            KEY.setting(HASH_KEY));
        }
    }

    private static void assertForbidden(HttpResponse<String> refused, String words) {
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Sallyport-Rejection")).contains("CALLER_NOT_PERMITTED");
        assertThat(refused.body()).contains("caller_not_permitted", words);
    }

    private static String exchange(String organization) {
        return "{\"organization_id\":\"" + organization + "\",\"session_token\":\"" + Fixtures.MEMBER_SESSION_TOKEN
                + "\"}";
    }

    private static HttpResponse<String> exchange(String address, String authorization) throws Exception {
        return post(address, EXCHANGE, authorization, exchange(Fixtures.PLAIN_ORGANIZATION_ID));
    }

    private static HttpResponse<String> keyed(String authorization, String body) throws Exception {
        return CLIENT.send(
                request("192.0.2.10", EXCHANGE, authorization, body)
                        .header("Idempotency-Key", "5f0c2b1e-8f4e-4f4c-9a55-0d2d3d0b7b1a")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String address, String path, String authorization, String body)
            throws Exception {
        return CLIENT.send(request(address, path, authorization, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String authorization) throws Exception {
        return CLIENT.send(
                request("192.0.2.11", path, authorization, "").GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /** From an address of its own, so that no test slows down the refusals of another. */
    private static HttpRequest.Builder request(String address, String path, String authorization, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static HttpResponse<String> managed(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}
