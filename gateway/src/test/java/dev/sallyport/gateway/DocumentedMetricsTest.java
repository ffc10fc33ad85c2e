package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.caller.ApiKey;
import dev.sallyport.gateway.management.console.ActionAudit;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.store.Script;
import dev.sallyport.store.SharedStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The table of metrics in the documentation, held against what is scraped once every one of them has had something to count. */
@Timeout(120)
final class DocumentedMetricsTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(sallyport_\\w+)`( \\((?:histogram|gauge|summary).*?\\))? \\| ([^|]*)\\| ", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern SAMPLE = Pattern.compile("(sallyport_\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Pattern OF_HISTOGRAM = Pattern.compile("_(?:count|sum|bucket|max)$");
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";
    private static final int PERMITS = 20;
    private static final int MORE_THAN_WERE_GOOD = 5;
    private static final int MORE_THAN_ARE_NOT_SLOWED_DOWN = 5;
    private static final byte[] HASH_KEY = new byte[32];
    private static final ApiKey KEY = ApiKey.random(new SecureRandom());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void every_metric_of_ours_is_documented_with_its_labels_and_every_documented_one_is_there() throws Exception {
        var sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        Map<String, Set<String>> scraped;
        try (var gateway = gateway(sandbox)) {
            try (sandbox) {
                haveEverythingCounted(gateway);
            }
            for (int call = 0; call < PERMITS; call++) {
                call(gateway, "{}", "", ""); // what the provider's own limits hold back takes no permit
            }
            assertThat(call(gateway, GOOD, "", "")).isEqualTo(429);
            scraped = scraped(gateway);
        }

        assertThat(scraped).isEqualTo(documented());
    }

    private TestGateway gateway(Sandbox sandbox) throws Exception {
        return TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.fraud-base-url=" + sandbox.baseUrl(),
                "--sallyport.provider.credentials=replace",
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[0].secret=" + Fixtures.CONSUMER_SECRET,
                "--sallyport.callers.hash-keys[0]=" + Base64.getEncoder().encodeToString(HASH_KEY),
                "--sallyport.callers.list[0].name=tests",
                "--sallyport.callers.list[0].keys[0]=" + KEY.setting(HASH_KEY),
                "--sallyport.callers.list[0].operations=*",
                "--sallyport.callers.list[0].projects=*",
                "--sallyport.callers.list[0].organizations=*",
                "--sallyport.telemetry.mode=observe",
                "--sallyport.contracts.safety-catch.minimum=1",
                "--sallyport.capture.file=" + folder.resolve("calls.ndjson"),
                "--sallyport.retry.backoff=1ms",
                "--sallyport.tracing.enabled=true",
                "--sallyport.tracing.endpoint=http://127.0.0.1:1/v1/traces",
                "--sallyport.idempotency.mode=on",
                "--spring.ssl.bundle.jks.own.keystore.location="
                        + Certificate.of(folder, "dns:localhost").store(),
                "--spring.ssl.bundle.jks.own.keystore.password=" + Certificate.PASSWORD,
                "--sallyport.other-calls[0].id=users",
                "--sallyport.other-calls[0].predicates[0]=Path=/v1/users",
                "--sallyport.store.url=redis://127.0.0.1:1",
                "--sallyport.rate-limits.limits[0].name=per-address",
                "--sallyport.rate-limits.limits[0].key=address",
                "--sallyport.rate-limits.limits[0].permits=" + PERMITS,
                "--sallyport.rate-limits.limits[0].per=24h");
    }

    private void haveEverythingCounted(TestGateway gateway) throws IOException, InterruptedException {
        gateway.bean(ActionAudit.class).begin();
        SharedStore store = gateway.bean(StoreAccess.class).shared().orElseThrow();
        store.run(Script.of("proof", "return {}"), List.of(), List.of())
                .onErrorComplete()
                .block();
        assertThat(call(gateway, GOOD, "telemetry-block-1", "unknown-field")).isEqualTo(200);
        assertThat(call(gateway, "{}", "", "")).isEqualTo(400);
        otherCall(gateway);
        assertThat(call(gateway, GOOD, "", "unknown-kid")).isEqualTo(502);
        for (int broken = 0; broken < MORE_THAN_WERE_GOOD; broken++) {
            call(gateway, GOOD, "", "wrong-type");
        }
        for (int refused = 0; refused < MORE_THAN_ARE_NOT_SLOWED_DOWN; refused++) {
            otherCall(gateway);
        }
        keysFetched(gateway);
        assertThat(call(gateway, GOOD, "", "status-429")).isEqualTo(429);
        assertThat(call(gateway, GOOD, "", "status-429")).isEqualTo(429);
        assertThat(call(gateway, GOOD, "", "")).isEqualTo(429);
    }

    /** Of a caller who proves nothing. */
    private void otherCall(TestGateway gateway) throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/users"))
                        .build(),
                BodyHandlers.discarding());
    }

    private void keysFetched(TestGateway gateway) throws IOException, InterruptedException {
        URI keys =
                URI.create("http://127.0.0.1:" + gateway.port() + "/v1/sessions/jwks/" + Fixtures.CONSUMER_PROJECT_ID);
        client.send(HttpRequest.newBuilder(keys).build(), BodyHandlers.discarding());
    }

    private int call(TestGateway gateway, String body, String telemetryId, String fault)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + MIGRATE))
                .header("Authorization", "Bearer " + KEY.reveal())
                .header("Content-Type", "application/json")
                .header("X-Telemetry-ID", telemetryId)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body));
        if (!fault.isEmpty()) {
            request.header("X-Sandbox-Fault", fault);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** Labels by name. */
    private static Map<String, Set<String>> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../docs/metrics.md")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> words(WORD, row.group(3)), (a, b) -> b, TreeMap::new));
    }

    private static Map<String, Set<String>> scraped(TestGateway gateway) throws IOException {
        Map<String, Set<String>> labels = new TreeMap<>();
        gateway.scraped().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                String name = OF_HISTOGRAM.matcher(sample.group(1)).replaceFirst("");
                Set<String> of = words(LABEL, sample.group(2) == null ? "" : sample.group(2));
                of.remove("le");
                assertThat(labels.getOrDefault(name, of)).as(name).isEqualTo(of);
                labels.put(name, of);
            }
        });
        return labels;
    }

    private static Set<String> words(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
