package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.gateway.StubProvider.Asked;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields that only the gateway writes: neither side can say them for it, nor have them taken away. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before all tests
final class HeadFieldsTest {
    private static final String BODY = "{\"session_token\":\"legacy\",\"telemetry_id\":\"device-1\"}";
    private static final String REVOKE = "/v1/sessions/revoke";

    private static StubProvider provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        provider = new StubProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.provider.fraud-base-url=" + provider.baseUrl(),
                "--sallyport.telemetry.mode=enforce",
                "--sallyport.telemetry.timeout=5s",
                "--sallyport.telemetry.results.to-provider=true",
                "--sallyport.telemetry.results.to-caller=true",
                "--sallyport.server-timing=true",
                "--sallyport.trusted-callers=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.says(Map.of());
        provider.forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: X-Telemetry-Verdict, X-Telemetry-Reasons, X-Telemetry-Visitor-Id",
                "Connection: keep-alive\r\nConnection: x-telemetry-verdict",
                "Connection: x-telemetry-verdict\r\nX-Telemetry-Verdict: BLOCK\r\nX_Telemetry_Verdict: BLOCK",
            })
    void a_caller_takes_no_verdict_away_and_says_none(String fields) throws IOException {
        Asked asked = migrated(fields);

        assertThat(asked.headers().getAll("X-Telemetry-Verdict")).containsExactly("ALLOW");
        assertThat(asked.headers().contains("X_Telemetry_Verdict")).isFalse();
        assertThat(asked.headers().get("Authorization")).isEqualTo(Fixtures.consumerAuthorization());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override",
                "x-http-method",
                "X-Method-Override",
                "X-Method",
                "X_HTTP_Method_Override",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-Forwarded-Host",
                "Forwarded",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Upgrade",
                "Proxy-Authorization",
                "Cookie",
                "Sallyport-Rejection",
                "Server-Timing"
            })
    void what_is_not_for_the_provider_does_not_reach_it(String name) throws IOException {
        assertThat(migrated(name + ": DELETE").headers().contains(name)).isFalse();
    }

    @Test
    void a_field_that_connection_names_ends_at_the_gateway_and_any_other_goes_on() throws IOException {
        Asked asked = migrated("Connection: X-Hop\r\nX-Hop: 1\r\nX-Other: 2");

        assertThat(asked.headers().contains("X-Hop")).isFalse();
        assertThat(asked.headers().get("X-Other")).isEqualTo("2");
    }

    @Test
    void a_provider_takes_nothing_away_that_the_gateway_says_and_says_nothing_in_its_name() throws Exception {
        provider.says(Map.of(
                "Connection", List.of("X-Telemetry-Verdict, Server-Timing, Content-Type, X-Hop"),
                "X-Hop", List.of("1"),
                "X-Other", List.of("2"),
                "Sallyport-Rejection", List.of("INTERNAL"),
                "Server-Timing", List.of("theirs;dur=1"),
                "X-Telemetry-Verdict", List.of("BLOCK"),
                "X-Telemetry-Visitor-Id", List.of("spoofed"),
                "Keep-Alive", List.of("timeout=60")));

        HttpResponse<String> answer = post(StubProvider.MIGRATE, BODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("X-Telemetry-Verdict")).containsExactly("ALLOW");
        assertThat(answer.headers().allValues("X-Telemetry-Visitor-Id")).doesNotContain("spoofed");
        assertThat(answer.headers().allValues("Server-Timing"))
                .singleElement()
                .asString()
                .startsWith("read;dur=");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(answer.headers().allValues("X-Other")).containsExactly("2");
        assertThat(answer.headers().map()).doesNotContainKeys("sallyport-rejection", "x-hop", "keep-alive");
    }

    @Test
    void a_provider_says_nothing_of_a_device_where_none_was_looked_up() throws Exception {
        provider.says(Map.of(
                "Sallyport-Rejection", List.of("INTERNAL"),
                "x-telemetry-verdict", List.of("ALLOW"),
                "X_Telemetry_Verdict", List.of("ALLOW")));

        HttpResponse<String> answer = post(REVOKE, "{\"session_id\":\"session-1\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().map())
                .doesNotContainKeys("sallyport-rejection", "x-telemetry-verdict", "x_telemetry_verdict");
    }

    /** One of the provider's SDKs names the project once more; nothing here reads it, so it goes no further. */
    @Test
    void a_query_that_the_pack_ignores_is_let_through_and_ends_at_the_gateway() throws IOException {
        String path = "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID;
        try (var client = new RawHttp(gateway.port())) {
            client.send(head("GET " + path + "?project_id=another HTTP/1.1", HOST, AUTHORIZATION));

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(provider.asked(path))
                .singleElement()
                .satisfies(asked -> assertThat(asked.uri()).isEqualTo(path));
    }

    private static Asked migrated(String fields) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            String line = "POST " + StubProvider.MIGRATE + " HTTP/1.1";
            client.send(head(line, HOST, AUTHORIZATION, JSON, "Content-Length: " + BODY.length(), fields) + BODY);
            Answer answer = client.read();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
        List<Asked> asked = provider.asked(StubProvider.MIGRATE);
        assertThat(asked).hasSize(1);
        return asked.get(0);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", Fixtures.consumerAuthorization())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString());
    }
}
