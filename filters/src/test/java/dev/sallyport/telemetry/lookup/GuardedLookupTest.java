package dev.sallyport.telemetry.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Violation;
import dev.sallyport.telemetry.Heard;
import dev.sallyport.telemetry.lookup.FingerprintLookup.Question;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

final class GuardedLookupTest {
    private static final LookupContract CONTRACT = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32))
            .fingerprintLookup()
            .orElseThrow();
    private static final String GOOD = """
            {"status_code":200,"request_id":"r","telemetry_id":"id","external_metadata":{},
             "created_at":"2026-01-01T00:00:00Z","expires_at":"2026-02-01T00:00:00Z",
             "fingerprints":{"network_fingerprint":"n","hardware_fingerprint":"h","browser_fingerprint":"b",
                             "visitor_fingerprint":"v","visitor_id":"visitor-1"},
             "verdict":{"action":"BLOCK","reasons":["ONE","TWO"],"detected_device_type":"d",
                        "is_authentic_device":false,"verdict_reason_overrides":[]}}""";
    private static final String NOT_FOUND = "{\"error_type\":\"telemetry_id_not_found\"}";

    private final Heard heard = new Heard();
    private final List<Violation> broken = new ArrayList<>();
    private final ContractEvents contractEvents =
            (operation, direction, violations, refused) -> broken.addAll(violations);
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "telemetry",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(4)
                    .minimumNumberOfCalls(4)
                    .permittedNumberOfCallsInHalfOpenState(2)
                    .build());

    @Test
    void a_good_answer_says_the_verdict_why_and_who() {
        DeviceFinding finding = find(json(200, GOOD));

        assertThat(finding.outcome()).isEqualTo(LookupOutcome.BLOCK);
        assertThat(finding.reasons()).containsExactly("ONE", "TWO");
        assertThat(finding.visitorId()).isEqualTo("visitor-1");
        assertThat(finding).hasToString("block");
    }

    @Test
    void the_question_names_the_device_and_nothing_else() {
        List<String> sent = new ArrayList<>();

        lookup((body, question) -> {
                    sent.add(new String(body, StandardCharsets.UTF_8) + " by " + question.authorization());
                    return Mono.just(json(200, GOOD));
                })
                .find(new Question("i\"d", "Basic x"))
                .block();

        assertThat(sent).containsExactly("{\"telemetry_id\":\"i\\\"d\"} by Basic x");
    }

    @ParameterizedTest
    @CsvSource({"429, RATE_LIMITED", "401, UNAVAILABLE", "403, UNAVAILABLE", "500, UNAVAILABLE", "503, UNAVAILABLE"})
    void an_error_of_the_providers_is_no_verdict(int status, LookupOutcome outcome) {
        assertThat(find(json(status, "{}")).outcome()).isEqualTo(outcome);
    }

    @Test
    void an_id_is_not_known_only_if_the_provider_says_so_itself() {
        assertThat(find(json(404, NOT_FOUND)).outcome()).isEqualTo(LookupOutcome.NOT_FOUND);
        assertThat(find(json(404, "{\"error_type\":\"route_not_found\"}")).outcome())
                .isEqualTo(LookupOutcome.UNAVAILABLE);
        assertThat(find(json(404, "<html>")).outcome()).isEqualTo(LookupOutcome.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BLOCK/SHRUG",
                "\"verdict\"/\"judgement\"",
                "\"telemetry_id\":\"id\"/\"telemetry_id\":\"other\"",
                "[\"ONE\",\"TWO\"]/\"ONE\"",
                "{\"status_code\":200,/{\"status_code\":200,\"status_code\":200,",
                "}}/}",
            })
    void an_answer_that_breaks_its_contract_is_no_verdict(String change) {
        String[] parts = change.split("/", 2);

        assertThat(find(json(200, GOOD.replace(parts[0], parts[1]))).outcome()).isEqualTo(LookupOutcome.INVALID_REPLY);
    }

    @Test
    void what_was_broken_is_counted() {
        find(json(200, GOOD.replace("\"telemetry_id\":\"id\"", "\"telemetry_id\":\"other\"")));

        assertThat(broken)
                .singleElement()
                .satisfies(violation -> assertThat(violation.keyword()).isEqualTo("lookup-is-of-the-device"));
    }

    @Test
    void a_page_a_redirect_and_what_is_compressed_are_no_verdict() {
        assertThat(find(answer(200, GOOD, Map.of("content-type", "text/html"))).outcome())
                .isEqualTo(LookupOutcome.INVALID_REPLY);
        assertThat(find(json(307, GOOD)).outcome()).isEqualTo(LookupOutcome.INVALID_REPLY);
        assertThat(find(answer(200, GOOD, Map.of("content-type", "application/json", "content-encoding", "gzip")))
                        .outcome())
                .isEqualTo(LookupOutcome.INVALID_REPLY);
    }

    @Test
    void without_a_connection_nothing_is_known_but_why() {
        var refused = new ConnectException("Connection refused");

        DeviceFinding finding = find(Mono.error(refused));

        assertThat(finding.outcome()).isEqualTo(LookupOutcome.UNAVAILABLE);
        assertThat(finding.cause()).isSameAs(refused);
    }

    @Test
    void an_error_of_the_providers_is_named_by_its_status() {
        assertThat(find(json(503, "{}")).cause()).hasMessage("status 503");
    }

    @Test
    void who_does_not_answer_in_time_is_not_waited_for() {
        var time = VirtualTimeScheduler.create();
        var lookup = new GuardedLookup(
                (body, authorization) -> Mono.never(),
                new LookupReply(CONTRACT, contractEvents),
                new GuardedLookup.Guards(breaker, Duration.ofMillis(300)),
                () -> time,
                heard);
        var waiting = lookup.find(new Question("id", "Basic x")).toFuture();

        time.advanceTimeBy(Duration.ofMillis(299));
        boolean early = waiting.isDone();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(early).isFalse();
        assertThat(waiting.join().outcome()).isEqualTo(LookupOutcome.TIMEOUT);
        assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void a_provider_that_fails_is_left_alone_and_asked_again_later() {
        for (int number = 0; number < 4; number++) {
            find(json(503, "{}"));
        }
        State failing = breaker.getState();
        DeviceFinding untried = find(Mono.error(new AssertionError("was asked")));

        breaker.transitionToHalfOpenState();
        find(json(200, GOOD));
        find(json(200, GOOD));

        assertThat(failing).isEqualTo(State.OPEN);
        assertThat(untried.outcome()).isEqualTo(LookupOutcome.BREAKER_OPEN);
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(heard.lookedUp).contains(LookupOutcome.BREAKER_OPEN);
    }

    /** Otherwise one caller could shut the others out. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429})
    void what_a_caller_brings_about_does_not_open_the_breaker(int status) {
        for (int number = 0; number < 20; number++) {
            find(json(status, NOT_FOUND));
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void who_gives_up_gives_its_permission_back() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        for (int number = 0; number < 5; number++) {
            lookup((body, question) -> Mono.never())
                    .find(new Question("id", "Basic x"))
                    .subscribe()
                    .dispose();
        }

        assertThat(find(json(200, GOOD)).outcome()).isEqualTo(LookupOutcome.BLOCK);
    }

    private DeviceFinding find(Answer answer) {
        return find(Mono.just(answer));
    }

    private DeviceFinding find(Mono<Answer> answer) {
        return Objects.requireNonNull(lookup((body, question) -> answer)
                .find(new Question("id", "Basic x"))
                .block());
    }

    private GuardedLookup lookup(FingerprintFetch fetch) {
        return new GuardedLookup(
                fetch,
                new LookupReply(CONTRACT, contractEvents),
                new GuardedLookup.Guards(breaker, Duration.ofSeconds(5)),
                Schedulers::parallel,
                heard);
    }

    private static Answer json(int status, String body) {
        return answer(status, body, Map.of("content-type", "application/json"));
    }

    private static Answer answer(int status, String body, Map<String, String> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new ReplyReading(CONTRACT.contract()).read(status, Headers.of(headers), bytes, Timing.NONE);
    }
}
