package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captured calls that are replayed in the console against an edited schema. */
@Timeout(120)
final class ConsoleReplayTest {
    private static final String FIELDS = "definitions/request-fields.schema.json";
    private static final String TOO_SHORT =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":1}";
    private static final String LINE = """
            {"version":1,"operation":"sessions.migrate","request":{"json":{"session_token":"~string:22#1~",\
            "session_duration_minutes":1}},"reply":null,"outcome":"refused","reason":"REQUEST_BREAKS_CONTRACT"}""";
    private static final Pattern CALL = Pattern.compile("<option value=\"([0-9a-f]{16})\">([^<]*)</option>");
    private static final Pattern SCHEMA = Pattern.compile("name=\"schema\"[^>]*>([^<]*)</textarea>");

    @TempDir
    private static Path folder;

    private static ReloadedGateway running;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws IOException {
        running = new ReloadedGateway(folder, "--sallyport.capture.file=" + folder.resolve("calls.ndjson"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_captured_violation_is_gone_with_an_edited_schema_and_nothing_has_changed() throws Exception {
        assertThat(running.migrate(TOO_SHORT).statusCode()).isEqualTo(400);
        String page = "/console/replay?operation=sessions.migrate&file=" + FIELDS;
        await().untilAsserted(() -> assertThat(get(page)).contains("refused REQUEST_BREAKS_CONTRACT"));
        String form = get(page);
        String call = found(CALL, form);
        String schema = found(SCHEMA, form).replace("\"minimum\": 5", "\"minimum\": 1");
        byte[] before = Files.readAllBytes(running.pack(FIELDS));

        String told = replayed("call=" + call, FIELDS, schema);

        assertThat(told)
                .contains("<dd>Would be refused.", "<dd>Would pass.", "<td>request</td><td>minimum</td>")
                .contains("<td>refused</td><td>none</td>")
                .doesNotContain(Fixtures.FOREIGN_TOKEN);
        assertThat(running.pack(FIELDS)).hasBinaryContent(before);
        assertThat(running.migrate(TOO_SHORT).body()).contains("request-id-sallyport");
    }

    @Test
    void a_pasted_line_breaks_what_the_edited_schema_forbids() throws Exception {
        String schema = Files.readString(running.pack("sessions.migrate/request.schema.json"))
                .replace("\"session_token\"", "\"another_token\"");

        String told = replayed("line=" + encoded(LINE), "sessions.migrate/request.schema.json", schema);

        assertThat(told).contains("required", "<td>none</td><td>refused</td>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing         | {}     | Choose a captured call",
                "call            | {}     | Choose a captured call",
                "line=%7B        | {}     | The line is not JSON.",
                "line=%7B%7D     | {}     | The line is no captured call.",
                "call=../../etc  | {}     | Choose a captured call",
            })
    void what_is_no_captured_call_is_told(String call, String schema, String words) throws Exception {
        assertThat(replayed(call, FIELDS, schema)).contains(words);
    }

    @Test
    void what_is_no_schema_is_told_and_is_text_in_the_page() throws Exception {
        String line = "line=" + encoded(LINE);

        assertThat(replayed(line, FIELDS, "{\"<script>alert(1)</script>\":")).contains("The schema cannot be used");
        assertThat(replayed(line, FIELDS, "{\"type\":\"<script>alert(1)</script>\"}"))
                .contains("The schema cannot be used")
                .doesNotContain("<script>");
        assertThat(replayed(line, "../../../etc/passwd", "{}")).contains("has no such schema");
        assertThat(replayed(line, "catalog.yml", "operations: {}")).contains("has no such schema");
    }

    private static String found(Pattern pattern, String html) {
        Matcher found = pattern.matcher(html);
        assertThat(found.find()).as(html).isTrue();
        return found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private String replayed(String call, String file, String schema) throws Exception {
        String body = call + "&operation=sessions.migrate&file=" + encoded(file) + "&schema=" + encoded(schema);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address("/console/replay"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + running.gateway().managementPort() + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
