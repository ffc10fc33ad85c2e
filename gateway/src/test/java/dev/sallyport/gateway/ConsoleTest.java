package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's pages over the management port of a running gateway. */
@Timeout(120)
final class ConsoleTest {
    /** Stands in every value of the calls and of what is pasted. */
    private static final String CANARY = "c4n4ry";

    private static final String PROJECT = Fixtures.CONSUMER_PROJECT_ID;
    private static final String BASIC = "Basic " + base64(PROJECT + ":" + CANARY);
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href|action|hx-get|hx-post|sse-connect)=\"([^\"]*)\"");

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults(),
            "--sallyport.provider.projects[0].id=" + PROJECT,
            "--sallyport.idempotency.mode=on",
            "--sallyport.idempotency.keys[0]=" + base64(CANARY.repeat(6).substring(0, 32)));

    @BeforeAll
    static void call() throws Exception {
        String body = "{\"session_token\":\"" + CANARY + "\",\"session_duration_minutes\":1,\"" + CANARY + "\":\""
                + CANARY + "\"}";
        assertThat(RUNNING.send(RUNNING.call("/v1/sessions/migrate", BASIC, body))
                        .statusCode())
                .isEqualTo(400);
        RUNNING.gateway().bean(Console.class).look();
        RUNNING.gateway().bean(Console.class).look();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/now",
                "/console/operations",
                "/console/operations/now",
                "/console/violations",
                "/console/contracts",
                "/console/contracts/sessions.migrate",
                "/console/contracts/b2b.sessions.exchange",
                "/console/state",
                "/console/settings",
                "/console/playground",
                "/console/replay"
            })
    void a_page_asks_no_other_host_has_nothing_inline_and_no_value_of_a_call(String path) throws Exception {
        HttpResponse<String> page = get(path);

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*", "data:");
        assertThat(page.body()).doesNotContain(" style=", "<style", "javascript:", CANARY, base64(CANARY));
        assertThat(page.body()).doesNotContainPattern("<script(?! src=)|\\son[a-z]+=");
        assertThat(REFERENCE.matcher(page.body()).results().map(found -> found.group(1)))
                .allMatch(address -> address.startsWith("/console") || address.startsWith("#"));
    }

    @Test
    void everything_that_a_page_refers_to_is_there() throws Exception {
        String page = get("/console").body();

        var references =
                REFERENCE.matcher(page).results().map(found -> found.group(1)).toList();

        assertThat(references).hasSizeGreaterThan(10);
        for (String address : references) {
            if (address.startsWith("/")) {
                assertThat(get(address).statusCode()).as(address).isEqualTo(200);
            }
        }
    }

    @Test
    void the_first_page_is_good_only_while_nothing_is_to_be_looked_at() throws Exception {
        await().untilAsserted(() -> {
            RUNNING.gateway().bean(Console.class).look();
            assertThat(get("/console/now").body()).contains("Nothing is wrong", "headline good");
        });
    }

    @Test
    void a_violation_is_told_by_place_rule_and_count_and_can_be_linked_to() throws Exception {
        String here = get("/console/violations?operation=sessions.migrate&door=request&text=minimum")
                .body();
        String elsewhere =
                get("/console/violations?operation=b2b.sessions.migrate").body();

        assertThat(here)
                .contains("/$defs/duration/minimum", "refused", "value=\"sessions.migrate\" selected")
                .contains("/console/violations/live?operation=sessions.migrate&amp;door=request&amp;text=minimum");
        assertThat(elsewhere).contains("0 places").doesNotContain("/minimum");
    }

    @Test
    void an_odd_filter_is_text_in_the_page() throws Exception {
        String odd = URLEncoder.encode("\"><script>alert(1)</script>", StandardCharsets.UTF_8);

        String page =
                get("/console/violations?text=" + odd + "&operation=" + odd).body();

        assertThat(page).doesNotContain("<script>alert").contains("0 places");
    }

    @Test
    void a_schema_is_a_tree_with_the_places_that_broke_and_its_rules_in_words() throws Exception {
        assertThat(get("/console/contracts/sessions.migrate").body())
                .contains("session_duration_minutes", "minimum 5", "violation: minimum", "class=\"mark\"")
                .contains("/session_custom_claims has at most 4096 bytes", "Claims of the session token");
        assertThat(get("/console/contracts/none").statusCode()).isEqualTo(404);
    }

    @Test
    void settings_are_told_with_their_source_and_secrets_are_not() throws Exception {
        assertThat(get("/console/settings").body())
                .contains("sallyport.provider.projects[0].id", PROJECT, "command line", "default", "set (secret)")
                .contains("<code>management.server.port</code></th><td>0</td><td>command line</td>")
                .doesNotContain("shutdown-quiet-period");
    }

    @Test
    void keys_pools_and_breakers_are_told() throws Exception {
        assertThat(get("/console/state").body())
                .contains(PROJECT, "sessions.jwks", "Connections to the provider", "Reloads");
    }

    @Test
    void the_playground_names_every_violation_and_what_each_mode_does_and_repeats_no_value() throws Exception {
        long before = violations();

        HttpResponse<String> told = tried(
                "sessions.migrate",
                "{\"session_token\":\"" + CANARY + "\",\"session_duration_minutes\":1}",
                "{\"status_code\":200,\"session_jwt\":\"" + CANARY + "\"}",
                "{\"sub\":\"" + CANARY + "\"}");

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body())
                .contains("First door", "/session_duration_minutes", "must be at least 5", "Second door")
                .contains("<strong>off</strong>: passes", "<strong>report</strong>: passes, 1 counted")
                .contains("<strong>enforce</strong>: refused, for 1 violation")
                .doesNotContain(CANARY);
        assertThat(violations()).isEqualTo(before);
    }

    @Test
    void what_is_no_json_is_refused_in_every_mode_and_what_is_too_long_is_not_read() throws Exception {
        assertThat(tried("sessions.migrate", CANARY, "", "").body())
                .contains("refused in every mode")
                .doesNotContain(CANARY);
        assertThat(tried("sessions.migrate", "x".repeat(70_000), "", "").statusCode())
                .isEqualTo(413);
        assertThat(tried("none", "{}", "", "").body()).contains("There is no such operation.");
    }

    @Test
    void violations_come_as_events_when_there_are_more() throws Exception {
        var request = HttpRequest.newBuilder(address("/console/violations/live?operation=sessions.revoke"))
                .build();
        HttpResponse<InputStream> stream = RUNNING.client().send(request, BodyHandlers.ofInputStream());

        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(until(lines, "0 places")).contains("event:rows");
            RUNNING.send(RUNNING.call("/v1/sessions/revoke", BASIC, "{\"session_id\":7}"));
            assertThat(until(lines, "sessions.revoke")).contains("event:rows").doesNotContain(CANARY);
        }
    }

    @Test
    void the_port_of_calls_serves_none_of_it() throws Exception {
        URI calls = URI.create("http://127.0.0.1:" + RUNNING.gateway().port() + "/console");

        HttpResponse<String> answer =
                RUNNING.client().send(HttpRequest.newBuilder(calls).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    private static String until(BufferedReader lines, String part) throws IOException {
        var read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.contains(part)) {
                return read.toString();
            }
        }
        return read.toString();
    }

    private static long violations() throws IOException {
        return RUNNING.gateway()
                .contract("sessions.migrate")
                .at("/violations")
                .valueStream()
                .mapToLong(place -> place.at("/times").asLong())
                .sum();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | request=%zz | 400",
                "application/x-www-form-urlencoded; charset=UTF-999 | operation=x | 404",
                "application/json | {} | 404",
                "application/x-www-form-urlencoded | operation&request&status | 200"
            })
    void what_is_no_form_of_the_playground_is_no_bug(String type, String body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("/console/playground"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();

        assertThat(RUNNING.client().send(request, BodyHandlers.ofString()).statusCode())
                .isEqualTo(status);
    }

    @Test
    void a_filter_without_a_value_filters_nothing() throws Exception {
        assertThat(get("/console/violations?text&kind&operation").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> tried(String operation, String request, String reply, String claims)
            throws Exception {
        String form = "operation=" + operation + "&status=200&request=" + encoded(request) + "&reply=" + encoded(reply)
                + "&claims=" + encoded(claims);
        return RUNNING.client()
                .send(
                        HttpRequest.newBuilder(address("/console/playground"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return RUNNING.client().send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + RUNNING.gateway().managementPort() + path.replace("&amp;", "&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
