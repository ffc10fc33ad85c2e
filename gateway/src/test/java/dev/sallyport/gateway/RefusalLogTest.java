package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.gateway.log.RefusalLog;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What the one line of a refusal says, and what it keeps to itself. */
final class RefusalLogTest {
    private static final PackWords WORDS = new PackWords(Optional.of("/request_id"), Set.of("user", "emails"));
    private static final Rejection UNREACHABLE = Rejection.of(Reason.PROVIDER_UNREACHABLE, "The provider is away.");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LogCapture log = new LogCapture();
    private final RefusalLog refusals = new RefusalLog(new LineWindows(time));

    @AfterEach
    void end() {
        log.close();
        time.dispose();
    }

    @Test
    void a_line_names_the_ids_of_caller_gateway_and_provider_and_the_cause() {
        var rejection = UNREACHABLE.because(new ConnectException("Connection refused: provider/192.0.2.1:443"));

        refusals.accept(written(new Refusal(rejection, Timing.NONE, reply("{\"request_id\":\"of-the-provider\"}"))));

        assertThat(log.taken())
                .contains("Refused: The provider is away.")
                .contains("request-id=\"id-1\"", "caller-request-id=\"of-the-caller\"")
                .contains("provider-request-id=\"of-the-provider\"", "operation=\"sessions.migrate\"")
                .contains("reason=\"PROVIDER_UNREACHABLE\"", "fault=\"PROVIDER\"", "status=\"502\"")
                .contains("cause=\"ConnectException: Connection refused: provider/192.0.2.1:443\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a@b", "a\nb", "", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void ids_of_another_form_are_left_out(String id) {
        var call = new RefusedCall(
                CallKind.of("sessions.migrate"),
                Headers.of(Map.of("X-Request-Id", id)),
                System.nanoTime(),
                "id-1",
                true);
        var reply = reply("{\"request_id\":\"" + id.replace("\n", "\\n") + "\"}");

        refusals.accept(new WrittenRefusal(new Refusal(UNREACHABLE, Timing.NONE, reply), call, WORDS));

        assertThat(log.taken()).contains("id-1").doesNotContain("caller-request-id", "provider-request-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"request_id\":7}", "{\"request_id\":{\"a\":\"b\"}}", "\u0000", "{\"a\":"})
    void a_reply_without_an_id_has_none_however_broken_it_is(String body) {
        refusals.accept(written(new Refusal(UNREACHABLE, Timing.NONE, reply(body))));

        assertThat(log.taken()).contains("id-1").doesNotContain("provider-request-id");
    }

    @Test
    void violations_name_members_of_the_pack_and_no_others() {
        var violations = List.of(
                new Violation("/user/emails/0/ada@example.com", "maxLength", "s.json#/x", "must be short", null),
                new Violation("", "json", "s.json#/y", "is broken", null));

        refusals.accept(written(new Refusal(Rejection.of(
                Reason.REQUEST_BREAKS_CONTRACT, "/user/emails/0/ada@example.com must be short", violations))));

        assertThat(log.taken())
                .contains("/user/emails/0/(other) maxLength, json")
                .doesNotContain("ada@example.com");
    }

    @Test
    void further_lines_of_one_kind_are_summed_up_and_other_kinds_are_not() {
        for (int call = 0; call < 512; call++) {
            refusals.accept(written(new Refusal(UNREACHABLE)));
        }
        refusals.accept(written(new Refusal(Rejection.of(Reason.RATE_LIMITED, "Later."))));
        time.advanceTimeBy(Duration.ofSeconds(10));

        String told = log.taken();
        assertThat(told.split("The provider is away.", -1)).hasSize(201);
        assertThat(told).contains("Later.").contains("Refused: … and 312 more like it in 10 s");
    }

    @Test
    void a_bug_is_told_with_its_stack_once_and_each_refusal_for_it_with_its_id() {
        var bug = Rejection.of(Reason.INTERNAL, "Something went wrong.").because(new IllegalStateException("hunter2"));

        refusals.accept(written(new Refusal(bug)));
        String first = log.taken();
        refusals.accept(written(new Refusal(bug)));
        String second = log.taken();

        assertThat(first).contains("id-1", "IllegalStateException", "\tat ").doesNotContain("hunter2");
        assertThat(second).contains("id-1", "IllegalStateException").doesNotContain("\tat ", "hunter2");
    }

    private static WrittenRefusal written(Refusal refusal) {
        var call = new RefusedCall(
                CallKind.of("sessions.migrate"),
                Headers.of(Map.of("X-Request-Id", "of-the-caller")),
                System.nanoTime(),
                "id-1",
                true);
        return new WrittenRefusal(refusal, call, WORDS);
    }

    private static Answer reply(String body) {
        return new Answer(200, Headers.NONE, body.getBytes(StandardCharsets.UTF_8), Timing.NONE, Document.NONE);
    }
}
