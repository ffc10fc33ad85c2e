package dev.sallyport.gateway;

import static com.nimbusds.jose.JWSAlgorithm.ES256;
import static com.nimbusds.jose.JWSAlgorithm.PS256;
import static com.nimbusds.jose.JWSAlgorithm.RS256;
import static dev.sallyport.gateway.OtherProvider.BADGE_KEY;
import static dev.sallyport.gateway.OtherProvider.PASS_KEY;
import static dev.sallyport.gateway.OtherProvider.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same program with the contract pack of another provider, which does everything otherwise. */
@Timeout(120)
class OtherProviderTest {
    private static final String PACK = Path.of("src", "test", "resources", "packs", "lantern")
            .toAbsolutePath()
            .toString();
    private static final String PASSES = "/t/" + TENANT + "/passes";
    private static final String BADGES = "/t/" + TENANT + "/badges";
    private static final String GOOD = "{\"login\":{\"phrase\":\"open\"},\"ttlSeconds\":600}";

    private static OtherProvider provider;
    private static TestGateway gateway;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        provider = new OtherProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.provider.pack=" + PACK,
                "--sallyport.provider.projects[0].id=" + TENANT,
                "--sallyport.session-token.jwks.unknown-key-interval=100ms");
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.seen().clear();
    }

    @Test
    void its_pack_passes_the_check() {
        var printed = new ByteArrayOutputStream();

        int status = new ConfigurationCheck(new PrintStream(printed, true, StandardCharsets.UTF_8), false)
                .run(List.of("--sallyport.provider.base-url=http://127.0.0.1:1", "--sallyport.provider.pack=" + PACK));

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("4 operations, 6 examples");
        assertThat(status).isZero();
    }

    @Test
    void a_good_call_passes_byte_for_byte() throws Exception {
        String reply = pass(OtherProvider.signed(ES256, "pass+jwt", PASS_KEY, OtherProvider.passClaims()));
        provider.says(200, reply);

        HttpResponse<String> answer = post(PASSES, GOOD);

        assertThat(answer.headers().firstValue("Sallyport-Rejection")).isEmpty();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(reply);
        assertThat(provider.seen()).containsExactly(new OtherProvider.Seen(PASSES, GOOD, Optional.empty()));
    }

    @Test
    void a_token_of_another_kind_with_another_algorithm_passes_where_it_belongs() throws Exception {
        provider.says(200, badge(OtherProvider.signed(PS256, "JWT", BADGE_KEY, provider.badgeClaims())));

        assertThat(post(BADGES, "{\"for\":\"a1\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void a_broken_request_is_refused_in_the_shape_of_its_errors() throws Exception {
        HttpResponse<String> answer = post(PASSES, "{\"login\":{\"phrase\":\"a\"},\"ttlSeconds\":5}");

        JsonNode body = shape(answer, 400, "REQUEST_BREAKS_CONTRACT");
        assertThat(body.at("/failures/0/code").asString()).isEqualTo("INVALID_TTL");
        assertThat(body.at("/failures/0/help").asString()).isEqualTo("https://lantern.invalid/problems/400");
        assertThat(body.at("/errors/0/pointer").asString()).isEqualTo("/ttlSeconds");
        assertThat(provider.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"login\":{}} | NO_WAY_IN",
                "{\"login\":{\"phrase\":\"a\",\"code\":\"b\"}} | TWO_WAYS_IN",
                "{\"login\":{\"phrase\":\"a\"},\"session_token\":\"b\"} | INVALID_INPUT",
            })
    void its_own_error_types_are_used(String request, String type) throws Exception {
        JsonNode body = shape(post(PASSES, request), 400, "REQUEST_BREAKS_CONTRACT");

        assertThat(body.at("/failures/0/code").asString()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | REPLY_BREAKS_CONTRACT",
                "{\"state\":\"AJAR\"} | REPLY_BREAKS_CONTRACT",
                "{\"state\":\"OPEN\",\"account\":{}} | REPLY_BREAKS_CONTRACT",
                "{\"state\":\"OPEN\",\"account\":{\"uid\":\"a1\"}} | SESSION_TOKEN_REFUSED",
                "{\"state\":\"SHUT\"} | SESSION_TOKEN_REFUSED",
            })
    void a_broken_reply_is_refused(String reply, String reason) throws Exception {
        provider.says(200, reply);

        shape(post(PASSES, GOOD), 502, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, wrong_issuer",
        "subject, not_bound",
        "pass, not_bound",
        "audience, wrong_audience",
        "key, bad_signature",
        "unknown key, unknown_key",
        "type, wrong_type",
        "algorithm, wrong_algorithm",
        "lifetime, lives_too_long",
        "claims, claims_break_contract",
    })
    void a_token_that_is_not_as_its_pack_says_is_refused(String wrong, String fault) throws Exception {
        double before = counted(fault);
        provider.says(200, pass(wrongPass(wrong)));

        HttpResponse<String> answer = post(PASSES, GOOD);

        JsonNode body = shape(answer, 502, "SESSION_TOKEN_REFUSED");
        assertThat(body.at("/failures/0/code").asString()).isEqualTo("PASS_DISTRUSTED");
        assertThat(answer.body()).doesNotContain("eyJ");
        assertThat(counted(fault)).isEqualTo(before + 1);
    }

    private static String wrongPass(String wrong) {
        Map<String, Object> claims = OtherProvider.passClaims();
        switch (wrong) {
            case "issuer" -> claims.put("iss", "https://id.lantern.invalid/t/other");
            case "subject" -> claims.put("sub", "a2");
            case "pass" -> claims.put("ltn", Map.of("passId", "p2"));
            case "audience" -> claims.put("aud", TENANT);
            case "lifetime" -> claims.put("exp", Instant.now().getEpochSecond() + 3700);
            case "claims" -> claims.remove("ltn");
            default -> {
                return otherwiseSigned(wrong, claims);
            }
        }
        return OtherProvider.signed(ES256, "pass+jwt", PASS_KEY, claims);
    }

    private static String otherwiseSigned(String wrong, Map<String, Object> claims) {
        return switch (wrong) {
            case "key" -> OtherProvider.signed(ES256, "pass+jwt", OtherProvider.ec(PASS_KEY.getKeyID()), claims);
            case "unknown key" -> OtherProvider.signed(ES256, "pass+jwt", OtherProvider.ec("none"), claims);
            case "type" -> OtherProvider.signed(ES256, "JWT", PASS_KEY, claims);
            case "algorithm" -> OtherProvider.signed(RS256, "pass+jwt", BADGE_KEY, claims);
            default -> throw new IllegalArgumentException(wrong);
        };
    }

    @Test
    void one_kind_of_token_does_not_do_for_another() throws Exception {
        provider.says(200, badge(OtherProvider.signed(ES256, "JWT", PASS_KEY, provider.badgeClaims())));

        shape(post(BADGES, "{\"for\":\"a1\"}"), 502, "SESSION_TOKEN_REFUSED");
    }

    @Test
    void its_own_errors_pass_untouched() throws Exception {
        String error =
                "{\"ok\":false,\"trace\":\"lt_1\",\"failures\":[{\"code\":\"SLOW_DOWN\",\"text\":\"t\",\"help\":\"h\"}]}";
        provider.says(429, error);

        HttpResponse<String> answer = post(PASSES, GOOD);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo(error);
    }

    @Test
    void another_providers_operations_are_unknown() throws Exception {
        JsonNode body = shape(post("/v1/sessions/migrate", "{}"), 404, "UNKNOWN_OPERATION");

        assertThat(body.at("/failures/0/code").asString()).isEqualTo("NO_SUCH_DOOR");
    }

    @Test
    void a_tenant_that_is_not_listed_is_refused() throws Exception {
        shape(post("/t/elsewhere/passes", GOOD), 403, "UNKNOWN_PROJECT");
    }

    @Test
    void its_credential_cannot_be_stripped_by_naming_it_in_connection() throws Exception {
        provider.says(200, pass(OtherProvider.signed(ES256, "pass+jwt", PASS_KEY, OtherProvider.passClaims())));
        try (var raw = new RawHttp(gateway.port())) {
            raw.send(RawHttp.head(
                            "POST " + PASSES + " HTTP/1.1",
                            "Host: gateway",
                            "Content-Type: application/json",
                            "Content-Length: " + GOOD.length(),
                            "X-Lantern-Act-As: a1",
                            "X-Other: b",
                            "Connection: X-Lantern-Act-As, X-Other")
                    + GOOD);

            assertThat(raw.read().status()).isEqualTo(200);
        }
        assertThat(provider.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.actingAs()).contains("a1"));
    }

    private static String pass(String token) {
        return "{\"state\":\"OPEN\",\"account\":{\"uid\":\"a1\"},\"pass\":{\"id\":\"p1\",\"jwt\":\"" + token + "\"}}";
    }

    private static String badge(String token) {
        return "{\"account\":\"a1\",\"credentials\":{\"badge\":{\"token\":\"" + token + "\"}}}";
    }

    /** The body of a refusal, which must look like an error of this provider and like no other's. */
    private static JsonNode shape(HttpResponse<String> answer, int status, String reason) {
        JsonNode body = new JsonMapper().readTree(answer.body());
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains(reason);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(body.get("ok").asBoolean()).isFalse();
        assertThat(body.get("trace").asString()).startsWith("lt_");
        assertThat(body.has("error_type") || body.has("status_code")).isFalse();
        return body;
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .header("Authorization", "Bearer lantern-key")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static double counted(String result) throws IOException {
        return gateway.scraped()
                .filter(line -> line.startsWith("sallyport_session_tokens_total{result=\"" + result + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
