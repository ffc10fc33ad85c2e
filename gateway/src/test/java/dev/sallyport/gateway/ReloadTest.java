package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Settings and contracts that change on disk while a gateway runs; with {@code -Dreloads=1000} for so many times. */
@Timeout(900)
final class ReloadTest {
    private static final int RELOADS = Integer.getInteger("reloads", 250);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final String TOO_SHORT =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":1}";

    @TempDir
    private static Path folder;

    private static ReloadedGateway running;

    @BeforeAll
    static void start() throws IOException {
        running = new ReloadedGateway(folder);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void begin() throws Exception {
        running.putBack();
        assertThat(running.reload().statusCode()).isEqualTo(200);
    }

    @Test
    void a_mode_is_taken_up_and_shown() throws Exception {
        assertThat(running.migrate(TOO_SHORT).body()).contains("request-id-sallyport");

        running.write("contracts: { operations: { sessions.migrate: { request: report } } }");
        JsonNode report = JSON.readTree(running.reload().body());

        assertThat(report.at("/result").asString()).isEqualTo("reloaded");
        assertThat(report.at("/changed").toString()).isEqualTo("[\"sallyport.contracts\"]");
        assertThat(running.migrate(TOO_SHORT).body())
                .doesNotContain("request-id-sallyport")
                .contains("invalid_session_duration_minutes");
        JsonNode migrate = shown("sessions.migrate");
        assertThat(migrate.at("/request/mode").asString()).isEqualTo("report");
        assertThat(migrate.at("/violations/0/door").asString()).isEqualTo("request");
        assertThat(migrate.at("/violations/0/times").asInt()).isPositive();
        assertThat(migrate.at("/violations/0/first").asString()).isNotEmpty();
    }

    @Test
    void a_limit_is_taken_up_and_goes_on_counting_over_other_reloads() throws Exception {
        String limit = "rate-limits: { limits: [{ name: all, key: project, permits: 2, per: 1h }] }";
        running.write(limit);
        running.reload();
        assertThat(running.migrate(GOOD).statusCode()).isEqualTo(200);
        running.write(limit + "\n  contracts: { reply: report }");
        running.reload();

        assertThat(running.migrate(GOOD).statusCode()).isEqualTo(200);
        assertThat(running.migrate(GOOD).statusCode()).isEqualTo(429);
    }

    @Test
    void settings_that_are_wrong_are_told_and_change_nothing() throws Exception {
        running.write("contracts: { request: loud, reply: off }");

        HttpResponse<String> refused = running.reload();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(refused.body()).at("/problems/0").asString())
                .endsWith("sallyport.yml:2:25: sallyport.contracts.request: must be off, report, enforce or"
                        + " enforce: 25%, was loud");
        assertThat(shown("sessions.migrate").at("/reply/mode").asString()).isEqualTo("enforce");
        assertThat(contracts().at("/lastReload/result").asString()).isEqualTo("refused");
        assertThat(running.gateway().scraped()).anyMatch(line -> line.startsWith("sallyport_reload_last_successful 0"));
    }

    @Test
    void a_file_that_is_no_yaml_is_a_mistake_and_none_of_its_lines_gets_out() throws Exception {
        Files.writeString(running.settings(), "sallyport:\n\tpassword: s3cr3t\n");

        HttpResponse<String> refused = running.reload();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("sallyport.yml:2:1: is not YAML: ").doesNotContain("s3cr3t", "bug");
    }

    @Test
    void a_pack_that_does_not_compile_is_told_and_changes_nothing() throws Exception {
        Path schema = running.pack("sessions.migrate/request.schema.json");
        Files.writeString(schema, Files.readString(schema).replace("\"type\": \"object\"", "\"type\": \"thing\""));

        HttpResponse<String> refused = running.reload();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("sessions.migrate/request.schema.json");
        assertThat(running.migrate(GOOD).statusCode()).isEqualTo(200);
    }

    @Test
    void a_changed_contract_is_taken_up() throws Exception {
        Path fields = running.pack("definitions/request-fields.schema.json");
        Files.writeString(fields, Files.readString(fields).replace("\"minimum\": 5", "\"minimum\": 1"));
        Files.delete(running.pack("sessions.migrate/examples/refused/a-session-of-four-minutes-is-too-short.json"));
        withoutFourMinutes();

        JsonNode report = JSON.readTree(running.reload().body());

        assertThat(report.toString()).contains("contract pack").contains("reloaded");
        assertThat(running.migrate(TOO_SHORT).body()).doesNotContain("request-id-sallyport");
    }

    @Test
    void what_needs_a_restart_is_named_and_waits() throws Exception {
        running.write("deadline: 9s\n  contracts: { request: report }");

        JsonNode report = JSON.readTree(running.reload().body());

        assertThat(report.at("/needRestart").toString()).isEqualTo("[\"sallyport.deadline\"]");
        assertThat(report.at("/changed").toString()).isEqualTo("[\"sallyport.contracts\"]");
    }

    @Test
    void keys_that_a_pack_has_published_elsewhere_are_warmed_from_the_next_start_on() throws Exception {
        Path catalog = running.pack("catalog.yml");
        Files.writeString(
                catalog,
                Files.readString(catalog).replace("/v1/sessions/jwks/{project_id}", "/v1/sessions/keys/{project_id}"));

        JsonNode report = JSON.readTree(running.reload().body());

        assertThat(report.at("/changed").toString()).isEqualTo("[\"contract pack\"]");
        assertThat(report.at("/needRestart").toString()).isEqualTo("[\"contract pack: session-tokens\"]");
    }

    @Test
    void no_reload_warns_of_a_gauge_that_is_there_already() throws Exception {
        try (var log = new LogCapture()) {
            running.write("contracts: { request: report }");

            assertThat(running.reload().body()).contains("reloaded");

            assertThat(log.taken()).contains("Reloaded sallyport.contracts").doesNotContain("already registered");
        }
    }

    @Test
    void a_file_that_is_put_back_is_told_as_good_again() throws Exception {
        try (var log = new LogCapture()) {
            running.write("contracts: { request: loud }");
            assertThat(running.reload().statusCode()).isEqualTo(422);
            assertThat(log.taken()).contains("were not reloaded");
            running.write("contracts: { request: enforce }");

            JsonNode report = JSON.readTree(running.reload().body());

            assertThat(report.at("/result").asString()).isEqualTo("unchanged");
            assertThat(log.taken()).contains("Settings and contracts can be read again; they are those that serve");
            assertThat(running.gateway().scraped())
                    .anyMatch(line -> line.startsWith("sallyport_reload_last_successful 1"));
            running.reload();
            assertThat(log.taken()).doesNotContain("read again");
        }
    }

    @Test
    void nothing_else_can_be_asked_of_the_endpoint() throws Exception {
        assertThat(running.post("{\"action\":\"erase\"}").statusCode()).isEqualTo(400);
        assertThat(running.post("{}").body()).contains("there is no other action");
    }

    @Test
    void no_call_fails_while_everything_is_reloaded_again_and_again() throws Exception {
        int callers = 4;
        var done = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            calls.add(threads.submit(until(done)));
        }
        int before = contracts().at("/generation").asInt();
        for (int i = 0; i < RELOADS; i++) {
            running.write("contracts: { request: " + (i % 2 == 0 ? "report" : "enforce") + " }");
            if (i % 50 == 0) {
                touchPack(i);
            }
            assertThat(running.reload().statusCode()).isEqualTo(200);
        }
        done.countDown();
        int answered = 0;
        for (Future<Integer> caller : calls) {
            answered += caller.get();
        }
        threads.shutdown();

        int generations = contracts().at("/generation").asInt() - before;
        System.out.printf("%d calls during %d reloads, no call failed%n", answered, generations);
        assertThat(generations).isEqualTo(RELOADS);
        assertThat(answered).isGreaterThan(100);
    }

    /** With pauses: what is tried are calls during reloads, which need some of the processor, too. */
    private static Callable<Integer> until(CountDownLatch done) {
        return () -> {
            int calls = 0;
            while (!done.await(10, TimeUnit.MILLISECONDS)) {
                assertThat(running.migrate(GOOD).statusCode()).isEqualTo(200);
                calls++;
            }
            return calls;
        };
    }

    private static void touchPack(int round) throws IOException {
        Path catalog = running.pack("catalog.yml");
        Files.writeString(catalog, Files.readString(catalog) + "# " + round + "\n");
    }

    /** Examples everywhere that say four minutes are too few. */
    private static void withoutFourMinutes() throws IOException {
        try (Stream<Path> files = Files.walk(running.pack(""))) {
            for (Path file : files.filter(file -> file.toString().contains("refused"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                if (Files.readString(file).contains("\"minimum\"")) {
                    Files.delete(file);
                }
            }
        }
    }

    private static JsonNode contracts() throws IOException {
        return running.gateway().contracts();
    }

    private static JsonNode shown(String operation) throws IOException {
        return running.gateway().contract(operation);
    }
}
