package dev.sallyport.resilience;

import static dev.sallyport.resilience.RetryRig.BROKE_OFF;
import static dev.sallyport.resilience.RetryRig.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller is told of a call that was repeated, and of which an earlier attempt may have been carried out. */
final class RepeatedInDoubtTest {
    private final RetryRig rig = new RetryRig();

    @Test
    void a_revoke_that_was_repeated_and_finds_nothing_is_a_success() {
        rig.replies(BROKE_OFF, error(404, "session_not_found", ""));

        rig.send("sessions.revoke");
        rig.passes(Duration.ofSeconds(1));

        Answer answer = (Answer) rig.got.get(0);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"status_code\":200,\"request_id\":\"request-id-test-1\"}");
        assertThat(answer.content()).isInstanceOf(Document.class);
        assertThat(answer.headers().first("content-type")).isEqualTo("application/json");
        assertThat(answer.headers().first("sallyport-concluded")).isEqualTo("done-before");
        assertThat(answer.headers().first("x-of-the-provider")).isNull();
        assertThat(rig.heard).containsExactly("broke_off", "retried broke_off", "client_error", "done before");
    }

    @Test
    void a_revoke_that_finds_nothing_at_first_is_none() {
        Reply notFound = error(404, "session_not_found", "");
        rig.replies(notFound);

        rig.send("sessions.revoke");

        assertThat(rig.got).containsExactly(notFound);
    }

    @ParameterizedTest
    @CsvSource({"429, too_many_requests", "503, server_unavailable"})
    void a_revoke_that_finds_nothing_after_one_that_was_not_carried_out_is_none(int status, String type) {
        Reply notFound = error(404, "session_not_found", "");
        rig.replies(error(status, type, ""), notFound);

        rig.send("sessions.revoke");
        rig.passes(Duration.ofSeconds(1));

        assertThat(rig.got).containsExactly(notFound);
    }

    @ParameterizedTest
    @CsvSource({"404, member_not_found", "401, session_not_found", "400, bad_request"})
    void another_error_of_a_repeated_revoke_stands(int status, String type) {
        Reply other = error(status, type, "");
        rig.replies(error(500, "internal_server_error", ""), other);

        rig.send("b2b.sessions.revoke");
        rig.passes(Duration.ofSeconds(1));

        assertThat(rig.got).containsExactly(other);
    }

    @ParameterizedTest
    @EnumSource(names = {"CIRCUIT_OPEN", "OVERLOADED", "PROVIDER_UNREACHABLE"})
    void what_never_left_does_not_hide_that_an_earlier_attempt_may_have_been_carried_out(Reason reason) {
        Reply never = new Refusal(Rejection.of(reason, "not made"));
        rig.replies(BROKE_OFF, never, never);

        rig.send("sessions.revoke");
        rig.passes(Duration.ofSeconds(5));

        assertThat(rig.got).containsExactly(BROKE_OFF);
    }

    @Test
    void what_never_left_stands_after_one_that_was_not_carried_out() {
        Reply never = new Refusal(Rejection.of(Reason.CIRCUIT_OPEN, "not made"));
        rig.replies(error(503, "server_unavailable", ""), never);

        rig.send("sessions.revoke");
        rig.passes(Duration.ofSeconds(5));

        assertThat(rig.got).containsExactly(never);
    }

    @Test
    void a_session_that_is_looked_at_again_and_not_found_is_none() {
        Reply notFound = error(404, "session_not_found", "");
        rig.replies(BROKE_OFF, notFound);

        rig.send("sessions.authenticate");
        rig.passes(Duration.ofSeconds(1));

        assertThat(rig.got).containsExactly(notFound);
    }
}
