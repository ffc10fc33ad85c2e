package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.tools.replay.ReplayRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls through a running gateway that captures them, and what their capture holds and gives when it is replayed. */
@Timeout(120)
class CaptureAndReplayTest {
    private static final String CLAIM = "a-claim-of-its-own";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    private static String metrics;
    private static String captured;

    @BeforeAll
    static void call_through_a_capturing_gateway() throws Exception {
        Path file = folder.resolve("calls.ndjson");
        try (var sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true))) {
            try (var gateway = TestGateway.inFrontOf(sandbox.baseUrl(), "--sallyport.capture.file=" + file)) {
                callThrough(gateway);
                metrics = metricsOnceWritten(gateway, 7);
            }
        }
        captured = Files.readString(file);
    }

    private static void callThrough(TestGateway gateway) throws Exception {
        String migrate = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60,"
                + "\"session_custom_claims\":{\"" + CLAIM + "\":\"" + CLAIM + "\"},\"unheard_of\":\"" + CLAIM + "\"}";
        String exchange = "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID + "\",\"session_token\":\""
                + Fixtures.MEMBER_SESSION_TOKEN + "\"}";
        post(gateway, "/v1/sessions/migrate", Fixtures.consumerAuthorization(), migrate, "", 200);
        post(gateway, "/v1/b2b/sessions/exchange", Fixtures.b2bAuthorization(), exchange, "", 200);
        post(gateway, "/v1/sessions/migrate", Fixtures.consumerAuthorization(), migrate, "status-503", 503);
        post(gateway, "/v1/sessions/migrate", "Basic c2VjcmV0OnNlY3JldA==", migrate, "", 400);
        post(gateway, "/v1/sessions/migrate", Fixtures.consumerAuthorization(), migrate, "wrong-type", 502);
        post(gateway, "/v1/sessions/migrate", Fixtures.consumerAuthorization(), "{\"session_token\":7}", "", 400);
        post(gateway, "/v1/sessions/migrate", Fixtures.consumerAuthorization(), "{" + CLAIM, "", 400);
    }

    @Test
    void every_call_is_a_line_of_its_own_with_what_became_of_it() {
        assertThat(captured.lines().map(JSON::readTree).map(CaptureAndReplayTest::outcome))
                .containsExactly(
                        "sessions.migrate 200 ok none",
                        "b2b.sessions.exchange 200 ok none",
                        "sessions.migrate 503 provider_error none",
                        "sessions.migrate 400 provider_error none",
                        "sessions.migrate 200 refused REPLY_BREAKS_CONTRACT",
                        "sessions.migrate 0 refused REQUEST_BREAKS_CONTRACT",
                        "sessions.migrate 0 refused BODY_UNREADABLE");
        assertThat(metrics).contains("sallyport_capture_lines_total{result=\"written\"} 7.0");
    }

    @Test
    void nothing_that_opens_a_door_or_names_a_person_is_in_it() {
        assertThat(captured)
                .contains(Fixtures.CONSUMER_PROJECT_ID, Fixtures.B2B_PROJECT_ID, "\"session_duration_minutes\":60")
                .doesNotContain(
                        Fixtures.FOREIGN_TOKEN,
                        Fixtures.MEMBER_SESSION_TOKEN,
                        Fixtures.CONSUMER_SECRET,
                        Fixtures.B2B_SECRET,
                        Fixtures.EMAIL,
                        Fixtures.USER_ID,
                        Fixtures.PLAIN_MEMBER_ID,
                        CLAIM,
                        "unheard_of",
                        "\"project\":\"secret\"",
                        "eyJ",
                        "@",
                        "Ada");
    }

    @Test
    void replayed_against_the_same_pack_it_gives_what_the_gateway_refused_and_no_more() {
        JsonNode report = replay("stytch", 1);

        assertThat(report.get("calls").asInt()).isEqualTo(7);
        assertThat(report.get("refused").asInt()).isEqualTo(3);
        assertThat(broken(report)).containsExactlyInAnyOrder("request type 6", "request json 7", "reply type 5");
    }

    @Test
    void replayed_against_a_stricter_pack_it_gives_what_that_one_would_refuse() throws IOException {
        Path stricter = copyOfTheBuiltInPack();
        Path fields = stricter.resolve("definitions/request-fields.schema.json");
        Files.writeString(fields, Files.readString(fields).replace("527040", "30"));

        JsonNode report = replay(stricter.toString(), 1);

        assertThat(broken(report)).contains("request maximum 1");
        assertThat(report.get("refused").asInt()).isEqualTo(6);
    }

    private static JsonNode replay(String pack, int status) {
        var out = new ByteArrayOutputStream();
        var printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        ContractCatalog catalog = PackCompiler.load(PackFiles.of(pack), new StrictJson(32));

        int found = new ReplayRun(printed, printed, false)
                .of(folder.resolve("calls.ndjson"), pack, catalog, new ReplayRun.Options(true, 100));

        assertThat(found).isEqualTo(status);
        return JSON.readTree(out.toByteArray());
    }

    private static List<String> broken(JsonNode report) {
        return report.get("broken")
                .valueStream()
                .map(each -> each.get("direction").asString() + " "
                        + each.get("keyword").asString() + " "
                        + each.get("first_line").asInt())
                .toList();
    }

    private static String outcome(JsonNode line) {
        return line.get("operation").asString() + " " + line.path("status").asInt(0) + " "
                + line.get("outcome").asString() + " " + line.get("reason").asString();
    }

    /** Without its examples, which would not hold any more. */
    private static Path copyOfTheBuiltInPack() throws IOException {
        PackFiles.of("stytch"); // opens the jar, should it be in one
        URI catalog = URI.create(Objects.requireNonNull(PackFiles.class.getResource("/contracts/stytch/catalog.yml"))
                .toString());
        Path from = Objects.requireNonNull(Path.of(catalog).getParent());
        Path to = Files.createDirectory(folder.resolve("stricter"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                if (!name.contains("examples")) {
                    Files.createDirectories(to.resolve(name).resolveSibling("."));
                    Files.copy(file, to.resolve(name));
                }
            }
        }
        return to;
    }

    private static void post(
            TestGateway gateway, String path, String authorization, String body, String fault, int status)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!fault.isEmpty()) {
            request.header("X-Sandbox-Fault", fault);
        }
        assertThat(send(request.build()).statusCode()).isEqualTo(status);
    }

    private static String metricsOnceWritten(TestGateway gateway, int lines) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/prometheus");
        String wanted = "sallyport_capture_lines_total{result=\"written\"} " + lines + ".0";
        return Waiting.until(
                "the lines are written",
                () -> send(HttpRequest.newBuilder(uri).build()).body(),
                text -> text.contains(wanted));
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
