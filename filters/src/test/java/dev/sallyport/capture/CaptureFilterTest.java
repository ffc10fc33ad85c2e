package dev.sallyport.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.call.Stack;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

final class CaptureFilterTest {
    private static final Filter<Call> REFUSING = (call, next) ->
            next.send(call).map(reply -> Refusal.of(Rejection.of(Reason.REPLY_BREAKS_CONTRACT, "no"), (Answer) reply));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<CapturedCall> taken = new ArrayList<>();

    @Test
    void a_call_that_passes_is_kept_with_its_reply_and_changed_in_nothing() {
        Reply answer = Calls.answer(200, "{'status':'in'}");

        Reply reply = captured(call -> Mono.just(answer)).send(call()).block();

        assertThat(reply).isSameAs(answer);
        assertThat(line())
                .contains("\"status\":\"out\"", "\"status\":\"in\"", "\"outcome\":\"ok\",\"reason\":\"none\"");
    }

    @Test
    void a_refused_reply_is_kept_as_the_provider_gave_it_with_the_reason() {
        Upstream<Call> upstream = Stack.empty()
                .with(capture(100, 0.5))
                .with(REFUSING)
                .around(call -> Mono.just(Calls.answer(200, "{'status':'in'}")));

        upstream.send(call()).block();

        assertThat(line())
                .contains("\"status\":200,\"reply\":{\"json\":{\"status\":\"in\"}}")
                .contains("\"outcome\":\"refused\",\"reason\":\"REPLY_BREAKS_CONTRACT\"");
    }

    @Test
    void a_call_that_was_refused_before_the_provider_saw_it_has_no_reply() {
        var refusal = new Refusal(Rejection.of(Reason.RATE_LIMITED, "later"));

        captured(call -> Mono.just(refusal)).send(call()).block();

        assertThat(line()).contains("\"reply\":null,\"outcome\":\"refused\",\"reason\":\"RATE_LIMITED\"");
    }

    @Test
    void a_caller_that_goes_away_and_a_bug_are_told_too() {
        Disposable waiting = captured(call -> Mono.never()).send(call()).subscribe();
        waiting.dispose();
        captured(call -> Mono.error(new IllegalStateException("a bug")))
                .send(call())
                .onErrorComplete()
                .block();

        assertThat(taken)
                .extracting(CaptureFilterTest::text)
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"outcome\":\"client_abort\",\"reason\":\"none\""),
                        line -> assertThat(line).contains("\"outcome\":\"refused\",\"reason\":\"INTERNAL\""));
    }

    @Test
    void only_a_share_of_the_calls_is_kept() {
        Upstream<Call> provider = call -> Mono.just(Calls.answer(200, "{}"));

        capture(20, 0.19).around(provider).send(call()).block();
        capture(20, 0.20).around(provider).send(call()).block();
        capture(0, 0.0).around(provider).send(call()).block();
        capture(100, 0.99).around(provider).send(call()).block();

        assertThat(taken).hasSize(2);
        assertThat(capture(20, 0)).hasToString("capture(20%, masked)");
    }

    @Test
    void what_waits_to_be_written_shows_no_value() {
        captured(call -> Mono.just(Calls.answer(200, "{'status':'in'}")))
                .send(call())
                .block();

        assertThat(taken).singleElement().satisfies(call -> {
            assertThat(call.weight()).isGreaterThan(30);
            assertThat(call).hasToString("POST login (33 bytes)");
        });
    }

    @Test
    void no_header_waits_with_it() {
        WeakReference<Headers> headers = headersOfATakenCall();

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            System.gc();
            return headers.get() == null;
        });
        assertThat(taken).hasSize(1);
    }

    private WeakReference<Headers> headersOfATakenCall() {
        Headers headers = Headers.of(Map.of("authorization", "Basic s3cr3t"));
        Call call = Call.of(
                "login", new RequestLine("POST", "/login"), headers, new byte[0], new Caller("project", "192.0.2.1"));
        captured(sent -> Mono.just(Calls.answer(200, "{'status':'in'}")))
                .send(call)
                .block();
        return new WeakReference<>(headers);
    }

    @Test
    void the_query_weighs_too() {
        var line = new CaptureLine(CapturePack.contract(folder, "look"), Set.of());
        String target = "/look?token=" + "x".repeat(5000);
        Call call = Call.of(
                "look", new RequestLine("GET", target), Headers.NONE, new byte[0], new Caller(null, "192.0.2.1"));

        assertThat(new CapturedCall(line, 7, call, null, new CapturedOutcome("ok", "none")).weight())
                .isGreaterThan(10_000);
    }

    private Upstream<Call> captured(Upstream<Call> provider) {
        return capture(100, 0.5).around(provider);
    }

    private CaptureFilter capture(int percent, double random) {
        var line = new CaptureLine(CapturePack.contract(folder, "login"), Set.of("project"));
        return new CaptureFilter(line, percent, taken::add, InstantSource.fixed(Instant.EPOCH), () -> random);
    }

    private String line() {
        assertThat(taken).hasSize(1);
        return text(taken.get(0));
    }

    private static String text(CapturedCall call) {
        return new String(call.line(), StandardCharsets.UTF_8);
    }

    private static Call call() {
        return Calls.call("{'status':'out','token':'s3cr3t'}");
    }
}
