package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.fault.Fault;
import dev.sallyport.sandbox.fault.forgery.Forgery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every forged or damaged token that the sandbox can make, through a running gateway, in the reply to a consumer's and to a
 * member's call: each is refused for the reason that the table says, nothing of it gets out, and all together cause but
 * a handful of key fetches.
 */
@Timeout(300)
class AttackTableTest {
    private static final String CONSUMER = "sessions.migrate";
    private static final String MEMBER = "b2b.sessions.exchange";
    private static final Set<String> OUR_HEADERS =
            Set.of("content-type", "cache-control", "sallyport-rejection", "content-length");
    private static final Pattern COUNT =
            Pattern.compile("(?m)^sallyport_session_tokens_total\\{result=\"(\\w+)\"\\} (\\S+)$");
    private static final Pattern JWT = Pattern.compile("\"session_jwt\":\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern ERROR_URL = Pattern.compile("https://stytch\\.com/docs/api/errors/\\d+");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[^\"]*+");
    private static final String[] PLAIN = {
        "eyJ", Fixtures.EMAIL, "user-test-", "member-test-", "session-test-", "organization-test-"
    };
    private static final int LONG_PIECE = 24;
    private static final int PIECE = 12;

    private static final List<Refused> attacks = new ArrayList<>();

    /** With those of the table, less than the refusals of one reason that are logged singly in ten seconds. */
    private static final int FEW = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Sandbox sandbox;
    private static Eavesdropper between;
    private static LogCapture log;
    private static TestGateway gateway;
    private static HttpClient client;
    private static Set<String> toldBefore; // projects, operations and key ids, of which tokens speak as well

    private record Refused(String attack, String operation, String result, long fetches) {
        @Override
        public String toString() {
            return String.format("%-24s %-22s %-22s %d", attack, operation, result, fetches);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults().withFaults(true));
        between = new Eavesdropper(sandbox.baseUrl());
        gateway = TestGateway.inFrontOf(
                between.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.provider.projects[1].id=" + Fixtures.B2B_PROJECT_ID,
                "--sallyport.deadline=60s", // far more than a busy machine takes
                "--sallyport.session-token.jwks.unknown-key-interval=1h");
        log = new LogCapture(); // after the start, which sets logging up anew
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        assertThat(call(CONSUMER, "").statusCode()).isEqualTo(200);
        assertThat(call(MEMBER, "").statusCode()).isEqualTo(200);
        toldBefore = pieces(management(), LONG_PIECE);
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        between.close();
        sandbox.close();
        log.close();
        summarize();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/attacks.csv")
    void a_forged_token_is_refused_for_its_reason_and_nothing_of_it_gets_out(
            String attack, String consumer, String member) throws Exception {
        if (!consumer.equals("-")) {
            assertRefused(attack, CONSUMER, consumer);
        }
        assertRefused(attack, MEMBER, member);
    }

    @Test
    void the_table_has_every_token_that_the_sandbox_can_forge() throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/attacks.csv"))) {
            rows = lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .toList();
        }

        Stream<String> faults = Stream.of(Fault.values())
                .filter(fault -> fault.stage() == Fault.Stage.TOKEN)
                .map(Fault::wireName);
        assertThat(rows)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(faults, Forgery.all().map(Forgery::wireName))
                                .toList());
    }

    @ParameterizedTest
    @CsvSource({CONSUMER, MEMBER})
    void a_genuine_token_passes(String operation) throws Exception {
        Map<String, Double> before = counts();

        HttpResponse<String> answer = call(operation, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(between.heard());
        assertThat(rise(before, counts())).containsExactly(Map.entry("verified", 1.0));
    }

    @Test
    void unknown_key_ids_do_not_cause_fetches_again_and_again() throws Exception {
        long before = sandbox.jwksFetches();

        for (int call = 0; call < FEW; call++) {
            assertThat(call(CONSUMER, "unknown-kid").statusCode()).isEqualTo(502);
        }

        assertThat(sandbox.jwksFetches() - before).isLessThanOrEqualTo(1);
    }

    private static void assertRefused(String attack, String operation, String result) throws Exception {
        log.taken();
        Map<String, Double> before = counts();
        long fetches = sandbox.jwksFetches();

        log.loud();
        HttpResponse<String> answer = call(operation, attack + ",set-cookie");
        log.quiet();

        long fetched = sandbox.jwksFetches() - fetches;
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("SESSION_TOKEN_REFUSED");
        assertThat(answer.headers().map().keySet()).isSubsetOf(OUR_HEADERS);
        String management = management();
        assertThat(rise(before, counts(management))).containsExactly(Map.entry(result, 1.0));
        assertThat(fetched).isLessThanOrEqualTo(1);
        assertNothingLeaks(answer.body());
        String logged = log.taken();
        assertThat(logged).contains("SESSION_TOKEN_REFUSED", result.equals("not_bound") ? "-" : result);
        assertNothingLeaks(logged);
        assertNothingIsTold(management);
        attacks.add(new Refused(attack, operation, result, fetched));
    }

    /** Neither the token, nor a piece of it, nor what it says in plain. */
    private static void assertNothingLeaks(String text) {
        assertThat(text).doesNotContain(PLAIN).doesNotContain("jwk-");
        assertThat(shared(ERROR_URL.matcher(text).replaceAll(""), PIECE)).isEmpty();
    }

    /** The names of projects, operations, keys and rules are no secrets, and resemble those of claims. */
    private static void assertNothingIsTold(String management) {
        assertThat(management).doesNotContain(PLAIN);
        Set<String> shared = shared(management, LONG_PIECE);
        shared.removeAll(toldBefore);
        assertThat(shared).isEmpty();
    }

    /** The pieces of a length that a text has in common with the latest token. */
    private static Set<String> shared(String text, int length) {
        Matcher token = JWT.matcher(between.heard());
        assertThat(token.find()).isTrue();
        Set<String> pieces = pieces(token.group(1), length);
        Set<String> shared = new HashSet<>();
        for (int from = 0; from + length <= text.length(); from++) {
            String piece = text.substring(from, from + length);
            if (pieces.contains(piece)) {
                shared.add(piece);
            }
        }
        return shared;
    }

    private static Set<String> pieces(String text, int length) {
        Set<String> pieces = new HashSet<>();
        for (int from = 0; from + length <= text.length(); from++) {
            pieces.add(text.substring(from, from + length));
        }
        return pieces;
    }

    private static HttpResponse<String> call(String operation, String faults) throws IOException, InterruptedException {
        boolean consumer = operation.equals(CONSUMER);
        String path = consumer ? "/v1/sessions/migrate" : "/v1/b2b/sessions/exchange";
        String body = consumer
                ? "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}"
                : "{\"organization_id\":\"" + Fixtures.PLAIN_ORGANIZATION_ID + "\",\"session_token\":\""
                        + Fixtures.MEMBER_SESSION_TOKEN + "\"}";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .timeout(PATIENCE)
                .header("Authorization", consumer ? Fixtures.consumerAuthorization() : Fixtures.b2bAuthorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!faults.isEmpty()) {
            request.header("X-Sandbox-Fault", faults);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All that goes over the management port. */
    private static String management() throws IOException, InterruptedException {
        var all = new StringBuilder();
        for (String endpoint : List.of("health", "keys", "prometheus")) {
            all.append(management(endpoint)).append('\n');
        }
        return MOMENT.matcher(all).replaceAll("");
    }

    private static String management(String endpoint) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/" + endpoint);
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static Map<String, Double> counts() throws IOException, InterruptedException {
        return counts(management("prometheus"));
    }

    private static Map<String, Double> counts(String text) {
        Map<String, Double> counts = new HashMap<>();
        Matcher count = COUNT.matcher(text);
        while (count.find()) {
            counts.put(count.group(1), Double.parseDouble(count.group(2)));
        }
        return counts;
    }

    private static Map<String, Double> rise(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> rise = new HashMap<>();
        after.forEach((result, count) -> rise.put(result, count - before.getOrDefault(result, 0.0)));
        rise.values().removeIf(more -> more == 0);
        return rise;
    }

    /** What was tried: the counts, and in the file also every attack. */
    private static void summarize() throws IOException {
        Map<String, Long> consumers = refusals(CONSUMER);
        Map<String, Long> members = refusals(MEMBER);
        var text = new StringBuilder(String.format("%-24s %10s %10s%n", "refused as", "consumers", "members"));
        Set<String> results = new TreeSet<>(consumers.keySet());
        results.addAll(members.keySet());
        results.forEach(result -> text.append(String.format(
                "%-24s %10d %10d%n", result, consumers.getOrDefault(result, 0L), members.getOrDefault(result, 0L))));
        text.append(String.format(
                "%d tokens of %d kinds, all refused with SESSION_TOKEN_REFUSED; key fetches they caused: %d%n",
                attacks.size(),
                attacks.stream().map(Refused::attack).distinct().count(),
                attacks.stream().mapToLong(Refused::fetches).sum()));
        System.out.print(text);
        String each = attacks.stream().map(Refused::toString).sorted().collect(Collectors.joining("\n"));
        Files.writeString(Path.of("target", "attack-table.txt"), text + "\n" + each + "\n");
    }

    private static Map<String, Long> refusals(String operation) {
        return attacks.stream()
                .filter(attack -> attack.operation().equals(operation))
                .collect(Collectors.groupingBy(Refused::result, Collectors.counting()));
    }
}
