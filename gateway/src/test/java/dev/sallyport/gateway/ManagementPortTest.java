package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked on the management port, and by which name. */
@Timeout(120)
final class ManagementPortTest {
    @RegisterExtension
    static final RunningGateway RUNNING =
            RunningGateway.with(SandboxOptions.defaults(), "--sallyport.management.hosts=metrics.example.com");

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:9401", "sallyport.team.svc:9401", "metrics.example.com"})
    void a_name_of_the_gateways_own_is_answered(String host) throws Exception {
        assertThat(asked("GET", "/actuator/health", host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/prometheus", "/actuator", "/", "/none"})
    void any_other_name_is_refused_and_told_how_to_list_it(String path) throws Exception {
        Answer answer = asked("GET", path, "rebound.example:9401");

        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.body()).contains("sallyport.management.hosts").doesNotContain("rebound");
    }

    /** As a browser says it; a page of the port's own, and an address that was typed in, are none of another site. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "POST, cross-site, cors, empty, -, 403",
                "POST, same-site, cors, empty, -, 403",
                "POST, cross-site, navigate, document, -, 403",
                "GET, cross-site, no-cors, image, -, 403",
                "GET, cross-site, navigate, iframe, -, 403",
                "GET, same-site, cors, empty, http://localhost, 403",
                "POST, -, -, -, https://evil.example, 403",
                "POST, -, -, -, null, 403",
                "GET, -, -, -, http://localhost:1, 403",
                "OPTIONS, -, -, -, https://evil.example, 403",
                "GET, cross-site, navigate, document, -, 200",
                "GET, none, navigate, document, -, 200",
                "GET, same-origin, cors, empty, -, 200",
                "GET, -, -, -, http://localhost, 200",
                "POST, same-origin, cors, empty, http://localhost, 405",
            })
    void a_page_of_another_site_asks_in_vain(
            String method,
            @Nullable String site,
            @Nullable String mode,
            @Nullable String destination,
            @Nullable String origin,
            int status)
            throws Exception {
        List<String> fields = new ArrayList<>(List.of("Host: localhost", "Connection: close"));
        Optional.ofNullable(site).ifPresent(value -> fields.add("Sec-Fetch-Site: " + value));
        Optional.ofNullable(mode).ifPresent(value -> fields.add("Sec-Fetch-Mode: " + value));
        Optional.ofNullable(destination).ifPresent(value -> fields.add("Sec-Fetch-Dest: " + value));
        Optional.ofNullable(origin).ifPresent(value -> fields.add("Origin: " + value));

        try (var client = new RawHttp(RUNNING.gateway().managementPort())) {
            client.send(head(method + " /actuator/health HTTP/1.1", fields.toArray(String[]::new)));
            assertThat(client.read().status()).isEqualTo(status);
        }
    }

    @Test
    void a_reload_cannot_be_asked_for_by_another_name() throws Exception {
        assertThat(asked("POST", "/actuator/contracts", "rebound.example").status())
                .isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../",
                "/..",
                "/../../etc/passwd",
                "/actuator/../actuator/health",
                "/actuator/./health",
                "/actuator/%2e%2e/health",
                "/actuator/%2E%2E%2Fhealth",
                "/actuator/..%2f..%2fetc%2fpasswd",
                "/actuator/..%5cwindows",
                "/actuator;x=1/health",
                "/actuator/health;x",
                "/actuator/health%00",
                "/actuator/health%0a",
                "//actuator/health",
                "//rebound.example/actuator/health",
                "/actuator//health",
                "/actuator/...",
                "/none"
            })
    void a_path_that_is_not_plain_is_a_404_and_no_redirect(String path) throws Exception {
        Answer answer = asked("GET", path, "localhost");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.header("location")).isEmpty();
        assertThat(answer.body()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void a_path_of_very_many_steps_is_answered_as_any_other() throws Exception {
        assertThat(asked("GET", "/a".repeat(1900), "localhost").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 200",
        "HEAD, 200",
        "POST, 405",
        "PUT, 405",
        "DELETE, 405",
        "PATCH, 405",
        "OPTIONS, 405",
        "TRACE, 405"
    })
    void only_methods_with_a_use_are_served(String method, int status) throws Exception {
        assertThat(asked(method, "/actuator/health", "localhost").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Any: thing", "Content-Type: application/x-www-form-urlencoded", "Content-Type: text/plain"})
    void a_reload_that_is_not_said_to_be_json_is_told_what_is_missing(String field) throws Exception {
        try (var client = new RawHttp(RUNNING.gateway().managementPort())) {
            String body = "{\"action\":\"reload\"}";
            String length = "Content-Length: " + body.length();
            client.send(head("POST /actuator/contracts HTTP/1.1", "Host: localhost", field, length) + body);
            Answer answer = client.read();

            assertThat(answer.status()).as(answer.toString()).isEqualTo(415);
            assertThat(answer.body()).contains("Content-Type must be application/json.");
        }
    }

    @Test
    void keys_are_told_of_listed_projects_and_others_are_counted() throws Exception {
        try (var client = new RawHttp(RUNNING.gateway().port())) {
            RawCalls.assertIsServed(client);
        }

        Answer keys = asked("GET", "/actuator/keys", "localhost");

        assertThat(keys.body())
                .as("no project is listed: the name is the caller's choice")
                .contains("\"issuers\":[]", "\"ofOtherProjects\":1")
                .doesNotContain(Fixtures.CONSUMER_PROJECT_ID);
    }

    private static Answer asked(String method, String path, String host) throws Exception {
        try (var client = new RawHttp(RUNNING.gateway().managementPort())) {
            client.send(head(method + " " + path + " HTTP/1.1", "Host: " + host, "Connection: close"));
            return method.equals("HEAD") ? client.readHead() : client.read();
        }
    }
}
