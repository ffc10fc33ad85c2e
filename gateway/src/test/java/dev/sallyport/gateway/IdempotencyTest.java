package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls with an {@code Idempotency-Key} over sockets; the sandbox counts what it saw. */
@Timeout(120)
final class IdempotencyTest {
    private static final String MIGRATE = "/v1/sessions/migrate";
    private static final String AUTHENTICATE = "/v1/sessions/authenticate";
    private static final String GOOD =
            "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\",\"session_duration_minutes\":60}";

    @RegisterExtension
    static final RunningGateway RUNNING = RunningGateway.with(
            SandboxOptions.defaults().withFaults(true),
            "--sallyport.idempotency.mode=on",
            "--sallyport.retry.attempts=1",
            "--sallyport.deadline=5s",
            "--sallyport.session-token.clock-skew=0s",
            "--sallyport.session-token.max-age=3s");

    private final String key = UUID.randomUUID().toString();
    private long before;

    @BeforeEach
    void count() throws Exception {
        migrate(UUID.randomUUID().toString(), "", GOOD); // the keys of session tokens are fetched by the first call
        before = provided();
    }

    @Test
    void a_success_is_given_again_and_the_provider_sees_one_call() throws Exception {
        HttpResponse<String> first = migrate(key, "set-cookie", GOOD);
        HttpResponse<String> again = migrate('"' + key + '"', "set-cookie", GOOD);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(again.headers().firstValue("content-type"))
                .isEqualTo(first.headers().firstValue("content-type"));
        assertThat(again.headers().firstValue("set-cookie")).isEmpty();
        assertThat(again.body()).isEqualTo(first.body()).contains("session_jwt");
        assertThat(provided() - before).isEqualTo(1);
    }

    @Test
    void a_key_counts_even_if_connection_names_it() throws Exception {
        for (int each = 0; each < 2; each++) {
            try (var client = new RawHttp(RUNNING.gateway().port())) {
                client.send("POST " + MIGRATE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + Fixtures.consumerAuthorization() + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + GOOD.length() + "\r\nConnection: Idempotency-Key\r\nIdempotency-Key: " + key + "\r\n\r\n"
                        + GOOD);
                assertThat(client.read().status()).isEqualTo(200);
            }
        }

        assertThat(provided() - before).isEqualTo(1);
    }

    @Test
    void without_a_key_every_call_is_made() throws Exception {
        for (int each = 0; each < 2; each++) {
            assertThat(send(call(MIGRATE, "", GOOD)).headers().firstValue("idempotent-replayed"))
                    .isEmpty();
        }

        assertThat(provided() - before).isEqualTo(2);
    }

    @Test
    void of_many_calls_at_once_the_provider_sees_one_and_every_other_is_told_so_or_has_its_answer() {
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 32)
                .mapToObj(each -> RUNNING.client()
                        .sendAsync(
                                call(MIGRATE, "", GOOD)
                                        .header("Idempotency-Key", key)
                                        .build(),
                                BodyHandlers.ofString()))
                .toList();
        List<HttpResponse<String>> answers =
                calls.stream().map(CompletableFuture::join).toList();

        assertThat(provided() - before).isEqualTo(1);
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200 || answer.statusCode() == 409);
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 200)
                        .map(HttpResponse::body)
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .allSatisfy(answer -> {
                    assertRefused(answer, 409, "DUPLICATE_CALL_IN_FLIGHT", "idempotency_conflict");
                    assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
                });
    }

    @Test
    void the_same_key_for_another_call_is_refused() throws Exception {
        migrate(key, "", GOOD);

        assertRefused(
                migrate(key, "", GOOD.replace("60", "61")), 422, "IDEMPOTENCY_KEY_REUSED", "idempotency_key_reused");
        assertThat(provided() - before).isEqualTo(1);
    }

    @Test
    void an_answer_whose_token_is_too_old_is_not_given_again_and_the_call_not_made_again() throws Exception {
        migrate(key, "", GOOD);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertRefused(migrate(key, "", GOOD), 410, "STORED_ANSWER_GONE", "idempotency_answer_gone"));
        assertThat(provided() - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status-503", "status-500-html", "wrong-key", "not-json", "reset", "expired"})
    void when_it_is_not_known_what_the_provider_did_the_call_is_not_made_again(String fault) throws Exception {
        assertThat(migrate(key, fault, GOOD).statusCode()).isGreaterThanOrEqualTo(500);

        assertRefused(migrate(key, "", GOOD), 409, "CALL_OUTCOME_UNKNOWN", "idempotency_outcome_unknown");
        assertThat(provided() - before).isEqualTo(1);
    }

    @Test
    void what_the_provider_said_no_to_is_made_again() throws Exception {
        assertThat(migrate(key, "status-429", GOOD).statusCode()).isEqualTo(429);

        assertThat(migrate(key, "", GOOD).statusCode()).isEqualTo(200);
        assertThat(provided() - before).isEqualTo(2);
    }

    @Test
    void a_call_that_the_first_door_refuses_claims_nothing() throws Exception {
        assertThat(migrate(key, "", "{}").statusCode()).isEqualTo(400);

        assertThat(migrate(key, "", GOOD).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a b", "`a,b`", "`\"a\";b`", "`\"\"`"})
    void what_is_no_key_is_refused(String written) throws Exception {
        assertRefused(migrate(written, "", GOOD), 400, "IDEMPOTENCY_KEY_INVALID", "invalid_idempotency_key");
        assertThat(provided()).isEqualTo(before);
    }

    @Test
    void an_operation_that_takes_no_key_passes_the_header_on() throws Exception {
        String body = "{\"session_token\":\"" + Fixtures.FOREIGN_TOKEN + "\"}";

        HttpResponse<String> answer = send(call(AUTHENTICATE, "", body).header("Idempotency-Key", "a b"));

        assertThat(answer.headers().firstValue("Sallyport-Rejection")).isEmpty();
        assertThat(RUNNING.sandbox().requests().stream()
                        .filter(each -> each.uri().equals(AUTHENTICATE))
                        .map(each -> each.header("Idempotency-Key").orElse("none")))
                .last()
                .isEqualTo("a b");
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String reason, String errorType) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Sallyport-Rejection")).hasValue(reason);
        assertThat(answer.body()).contains("\"error_type\":\"" + errorType + "\"");
        assertThat(answer.headers().firstValue("idempotent-replayed")).isEmpty();
    }

    private static long provided() {
        return RUNNING.sandbox().requests().stream()
                .filter(each -> each.uri().equals(MIGRATE))
                .count();
    }

    private static HttpResponse<String> migrate(String key, String fault, String body)
            throws IOException, InterruptedException {
        return send(call(MIGRATE, fault, body).header("Idempotency-Key", key));
    }

    private static HttpRequest.Builder call(String path, String fault, String body) {
        HttpRequest.Builder call = RUNNING.call(path, Fixtures.consumerAuthorization(), body);
        return fault.isEmpty() ? call : call.header("X-Sandbox-Fault", fault);
    }

    private static HttpResponse<String> send(HttpRequest.Builder call) throws IOException, InterruptedException {
        return RUNNING.send(call);
    }
}
