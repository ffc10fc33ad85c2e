package dev.sallyport.loadtests.scenarios;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

/** Calls of each operation as callers make them, with the sandbox's well-known ids; and calls that must be refused. */
public final class SessionScenarios {
    private static final String CONSUMER = "project-test-11111111-1111-4111-8111-111111111111";
    private static final String CONSUMER_SECRET = "secret-test-sandbox-consumer";
    private static final String B2B = "project-test-22222222-2222-4222-8222-222222222222";
    private static final String B2B_SECRET = "secret-test-sandbox-b2b";
    private static final String ORGANIZATION = "organization-test-44444444-4444-4444-8444-444444444444";
    private static final String MEMBER_SESSION = "ada_magic_link_session_000000000000000000000";

    private SessionScenarios() {}

    /** A user's session of another provider becomes one here. */
    public static ScenarioBuilder migrate() {
        return one(
                "migrate",
                migrateCall("migrate")
                        .check(status().is(200), jsonPath("$.session_jwt").exists()));
    }

    /** The call alone, by which the consumer project makes a session. */
    public static HttpRequestActionBuilder migrateCall(String name) {
        String body = "{\"session_token\":\"foreign-session-of-ada\",\"session_duration_minutes\":60}";
        return consumer(name, "/v1/sessions/migrate", body);
    }

    /** A member's session becomes one in another organization. */
    public static ScenarioBuilder exchange() {
        return one(
                "exchange",
                exchangeCall("exchange")
                        .check(status().is(200), jsonPath("$.session_jwt").exists()));
    }

    /** The call alone, by which the B2B project exchanges a session. */
    public static HttpRequestActionBuilder exchangeCall(String name) {
        String body = "{\"organization_id\":\"" + ORGANIZATION + "\",\"session_token\":\"" + MEMBER_SESSION + "\"}";
        return b2b(name, "/v1/b2b/sessions/exchange", body);
    }

    /**
     * A trusted issuer's token becomes a session.
     *
     * @param token fresh from the sandbox
     */
    public static ScenarioBuilder attest(String token) {
        String body = "{\"profile_id\":\"ttp-test-cccccccc-cccc-4ccc-8ccc-cccccccccccc\",\"token\":\"" + token + "\"}";
        return one("attest", b2b("attest", "/v1/b2b/sessions/attest", body).check(status().is(200)));
    }

    /** A client fetches the keys. */
    public static ScenarioBuilder jwks() {
        return one("jwks", http("jwks").get("/v1/sessions/jwks/" + CONSUMER).check(status().is(200)));
    }

    /** A request that breaks its contract; a refusal is what is expected. */
    public static ScenarioBuilder violation() {
        return one(
                "violation",
                consumer("violation", "/v1/sessions/migrate", "{\"session_duration_minutes\":1}")
                        .check(status().is(400), jsonPath("$.error_type").is("bad_request")));
    }

    private static ScenarioBuilder one(String name, HttpRequestActionBuilder request) {
        return scenario(name).exec(exec(request));
    }

    private static HttpRequestActionBuilder consumer(String name, String path, String body) {
        return post(name, path, body).basicAuth(CONSUMER, CONSUMER_SECRET);
    }

    private static HttpRequestActionBuilder b2b(String name, String path, String body) {
        return post(name, path, body).basicAuth(B2B, B2B_SECRET);
    }

    private static HttpRequestActionBuilder post(String name, String path, String body) {
        return http(name).post(path).header("Content-Type", "application/json").body(StringBody(body));
    }
}
