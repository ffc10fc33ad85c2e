package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.fault.JwksFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers get of calls whose end is known, and what a scrape says of those very calls. */
@Timeout(120)
final class MeasuredCallsTest {
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String WRONG_SECRET = "Basic "
            + Base64.getEncoder()
                    .encodeToString((Fixtures.CONSUMER_PROJECT_ID + ":guess").getBytes(StandardCharsets.UTF_8));
    private static final int PERMITS = 3;
    private static final int CONNECTIONS = 60;
    private static final String FULL = "sallyport_connections_refused_total{why=\"max_connections\"}";
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults().withFaults(true),
            "--server.forward-headers-strategy=native",
            "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
            "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID,
            "--sallyport.session-token.jwks.unknown-key-interval=100ms",
            "--sallyport.request.max-connections=" + CONNECTIONS,
            "--sallyport.rate-limits.limits[0].name=per-address",
            "--sallyport.rate-limits.limits[0].key=address",
            "--sallyport.rate-limits.limits[0].permits=" + PERMITS,
            "--sallyport.rate-limits.limits[0].per=24h");

    private static final AtomicInteger CALLERS = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "good, '', 200, ok, none, 2xx, none, 2xx",
        "wrong secret, '', 401, provider_error, none, 4xx, caller, 4xx",
        "good, status-429, 429, provider_error, none, 4xx, caller, 4xx",
        "good, status-503, 503, provider_error, none, 5xx, provider, 5xx",
        "broken, '', 400, refused, REQUEST_BREAKS_CONTRACT, 4xx, caller, ''",
        "good, wrong-type, 502, refused, REPLY_BREAKS_CONTRACT, 5xx, provider, 2xx",
        "good, wrong-key, 502, refused, SESSION_TOKEN_REFUSED, 5xx, provider, 2xx",
        "good, close, 502, refused, PROVIDER_UNREACHABLE, 5xx, provider, none",
    })
    void a_call_counts_once_in_the_series_of_its_end(
            String request,
            String sandboxFault,
            int status,
            String outcome,
            String reason,
            String statusClass,
            String fault,
            String providerStatus)
            throws Exception {
        String labels = "{fault=\"%s\",operation=\"sessions.migrate\",outcome=\"%s\",reason=\"%s\",status=\"%s\"}"
                .formatted(fault, outcome, reason, statusClass);
        Map<String, Double> before = figures();
        HttpRequest.Builder call = migrate(
                request.equals("wrong secret") ? WRONG_SECRET : Fixtures.consumerAuthorization(),
                request.equals("broken") ? "{}" : GOOD);

        HttpResponse<String> answer =
                RUNNING.send(sandboxFault.isEmpty() ? call : call.header("X-Sandbox-Fault", sandboxFault));

        assertThat(answer.statusCode()).isEqualTo(status);
        Map<String, Double> rise = Waiting.until(
                "it is counted",
                () -> rise(before),
                risen -> risen.containsKey("sallyport_calls_seconds_count" + labels));
        assertThat(starting(rise, "sallyport_calls_seconds_count"))
                .isEqualTo(Map.of("sallyport_calls_seconds_count" + labels, 1.0));
        assertThat(rise).containsEntry("sallyport_calls_seconds_bucket" + labels.replace("}", ",le=\"+Inf\"}"), 1.0);
        assertThat(rise.get("sallyport_calls_seconds_sum" + labels)).isPositive();
        assertThat(starting(rise, "sallyport_provider_seconds_count"))
                .isEqualTo(
                        providerStatus.isEmpty()
                                ? Map.of()
                                : Map.of(
                                        "sallyport_provider_seconds_count{operation=\"sessions.migrate\",status=\""
                                                + providerStatus + "\"}",
                                        1.0));
        assertThat(rise).containsEntry("sallyport_door_seconds_count{door=\"first\"}", 1.0);
        assertThat(starting(rise, "sallyport_refusals_total"))
                .isEqualTo(
                        outcome.equals("refused")
                                ? Map.of("sallyport_refusals_total{reason=\"" + reason + "\"}", 1.0)
                                : Map.of());
        assertThat(figures()).containsEntry("sallyport_calls_in_flight{operation=\"sessions.migrate\"}", 0.0);
    }

    @Test
    void keys_are_counted_and_a_key_set_that_is_no_json_replaces_none() throws Exception {
        String fetched = "sallyport_jwks_refreshes_total{result=\"ok\"}";
        String broken = "sallyport_jwks_refreshes_total{result=\"not_a_key_set\"}";
        Waiting.until(
                "the keys of both projects are here",
                () -> starting(figures(), "sallyport_jwks_keys{").values().stream()
                        .allMatch(keys -> keys > 0));
        Map<String, Double> before = figures();
        assertThat(before.get(fetched)).isGreaterThanOrEqualTo(2);
        assertThat(starting(before, "sallyport_jwks_age_seconds").values())
                .hasSize(2)
                .allSatisfy(age -> assertThat(age).isBetween(0.0, 120.0));
        assertThat(starting(before, "sallyport_jwks_keys{"))
                .containsOnlyKeys(
                        "sallyport_jwks_keys{project=\"" + Fixtures.B2B_PROJECT_ID + "\"}",
                        "sallyport_jwks_keys{project=\"" + Fixtures.CONSUMER_PROJECT_ID + "\"}")
                .allSatisfy((project, keys) -> assertThat(keys).isPositive());

        RUNNING.sandbox().jwksFault(JwksFault.NOT_JSON);
        Waiting.until("the broken key set is fetched", () -> {
            send("random-kid");
            return rise(before).containsKey(broken);
        });
        RUNNING.sandbox().jwksFault(JwksFault.NONE);

        assertThat(starting(figures(), "sallyport_jwks_keys{")).isEqualTo(starting(before, "sallyport_jwks_keys{"));
        assertThat(send("").statusCode()).isEqualTo(200);
        Map<String, Double> rise = rise(before);
        assertThat(rise).containsEntry("sallyport_session_tokens_total{result=\"verified\"}", 1.0);
        assertThat(rise.get("sallyport_session_tokens_total{result=\"unknown_key\"}"))
                .isEqualTo(starting(rise, "sallyport_jwks_unknown_keys_total").values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
    }

    @Test
    void a_caller_over_a_limit_is_told_when_to_come_again_whatever_header_says_where_it_is() throws Exception {
        String limited = "sallyport_rate_limited_total{limit=\"per-address\"}";
        for (int call = 0; call < PERMITS; call++) {
            assertThat(from("X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(200);
        }
        Map<String, Double> before = figures();

        HttpResponse<String> refused = from("X-Forwarded-For", "203.0.113.7");
        HttpResponse<String> again = from("Forwarded", "for=203.0.113.7;proto=https");
        HttpResponse<String> another = from("Forwarded", "for=203.0.113.8");

        assertThat(List.of(refused, again)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("RATE_LIMITED");
            assertThat(answer.headers().firstValue("Retry-After").map(Integer::parseInt))
                    .as("seconds until a third of a day has passed since the first")
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(28_000, 28_800));
        });
        assertThat(another.statusCode()).isEqualTo(200);
        assertThat(rise(before))
                .containsEntry(limited, 2.0)
                .containsEntry("sallyport_refusals_total{reason=\"RATE_LIMITED\"}", 2.0);
    }

    @ParameterizedTest
    @CsvSource({
        "application/problem+json, application/problem+json",
        "'Application/Problem+JSON, application/json;q=0.5', application/problem+json",
        "application/json, application/json",
        "*/*, application/json",
    })
    void a_refusal_has_the_media_type_that_was_asked_for_and_the_members_of_both(String accept, String type)
            throws Exception {
        HttpResponse<String> answer =
                RUNNING.send(migrate(Fixtures.consumerAuthorization(), "{}").header("Accept", accept));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("type").asString()).isEqualTo("urn:sallyport:rejection:REQUEST_BREAKS_CONTRACT");
        assertThat(body.path("title").asString()).isEqualTo("request breaks contract");
        assertThat(body.path("status").asInt()).isEqualTo(400);
        assertThat(body.path("detail")).isEqualTo(body.path("error_message"));
        assertThat(body.at("/errors/0/pointer").asString()).isEqualTo("/session_token");
        assertThat(body.path("error_type").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, /v1/nowhere, 404", "PUT, /v1/sessions/migrate, 405", "POST, /v1/sessions/migrate, 415"})
    void a_refusal_at_the_edge_has_the_media_type_that_was_asked_for(String method, String path, int status)
            throws Exception {
        HttpRequest.Builder call = RUNNING.call(path, Fixtures.consumerAuthorization(), "")
                .setHeader("Content-Type", "text/plain")
                .header("Accept", "application/problem+json")
                .method(method, HttpRequest.BodyPublishers.ofString(GOOD));

        HttpResponse<String> answer = RUNNING.send(call);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void more_connections_than_may_be_open_are_closed_at_once_until_there_is_room() throws Exception {
        double before = refused();
        List<Socket> open = new ArrayList<>();
        for (int count = 0; count <= CONNECTIONS; count++) {
            open.add(new Socket(
                    InetAddress.getLoopbackAddress(), RUNNING.gateway().port()));
        }

        Socket last = open.get(CONNECTIONS);
        last.setSoTimeout(10_000);
        assertThat(last.getInputStream().read()).isNegative();
        Waiting.until("it is counted", () -> refused() > before);
        for (Socket each : open) {
            each.close();
        }

        Waiting.until("there is room again", () -> isServed());
    }

    private static double refused() throws IOException {
        return figures().getOrDefault(FULL, 0.0);
    }

    private static boolean isServed() throws IOException {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            client.send(RawHttp.head("GET /v1/nowhere HTTP/1.1", RawCalls.HOST));
            return client.read().status() == 404;
        }
    }

    private static HttpResponse<String> send(String fault) throws IOException, InterruptedException {
        HttpRequest.Builder call = migrate(Fixtures.consumerAuthorization(), GOOD);
        return RUNNING.send(fault.isEmpty() ? call : call.header("X-Sandbox-Fault", fault));
    }

    private static HttpResponse<String> from(String header, String value) throws IOException, InterruptedException {
        return RUNNING.send(
                RUNNING.call(MIGRATE, Fixtures.consumerAuthorization(), GOOD).header(header, value));
    }

    /** From an address that has made no call yet. */
    private static HttpRequest.Builder migrate(String authorization, String body) {
        int caller = CALLERS.incrementAndGet();
        return RUNNING.call(MIGRATE, authorization, body)
                .header("X-Forwarded-For", "198.18." + caller / 256 + "." + caller % 256);
    }

    /** By name and labels, of all that is ours. */
    private static Map<String, Double> figures() throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        RUNNING.gateway()
                .scraped()
                .filter(line -> line.startsWith("sallyport_"))
                .forEach(line -> figures.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return figures;
    }

    private static Map<String, Double> rise(Map<String, Double> before) throws IOException {
        Map<String, Double> rise = figures();
        rise.replaceAll((series, value) -> value - before.getOrDefault(series, 0.0));
        rise.values().removeIf(more -> more == 0);
        return rise;
    }

    private static Map<String, Double> starting(Map<String, Double> figures, String name) {
        Map<String, Double> named = new TreeMap<>(figures);
        named.keySet().removeIf(series -> !series.startsWith(name));
        return named;
    }
}
