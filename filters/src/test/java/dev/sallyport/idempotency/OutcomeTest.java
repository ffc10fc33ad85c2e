package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "200, SUCCEEDED", "201, SUCCEEDED", "299, SUCCEEDED", "300, UNKNOWN", "302, UNKNOWN", "400, NO_EFFECT",
        "401, NO_EFFECT", "404, NO_EFFECT", "409, NO_EFFECT", "408, UNKNOWN", "429, NO_EFFECT", "498, NO_EFFECT",
        "499, UNKNOWN", "500, UNKNOWN", "502, UNKNOWN", "503, UNKNOWN", "599, UNKNOWN"
    })
    void an_answer_says_what_the_provider_did(int status, Outcome outcome) {
        assertThat(Outcome.of(Calls.answer(status, "{}"))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whatever_is_refused_after_it_left_may_have_been_done(Reason reason) {
        assertThat(Outcome.of(refusal(reason, Calls.TIMING))).isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PROVIDER_TIMED_OUT", "CALLER_DEADLINE_OVER", "INTERNAL"})
    void what_is_refused_before_it_left_had_no_effect(Reason reason) {
        assertThat(Outcome.of(refusal(reason, Timing.NONE))).isEqualTo(Outcome.NO_EFFECT);
    }

    /** A deadline and a bug do not say how far the call had come. */
    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"PROVIDER_TIMED_OUT", "CALLER_DEADLINE_OVER", "INTERNAL"})
    void what_does_not_say_whether_it_left_may_have_been_done(Reason reason) {
        assertThat(Outcome.of(refusal(reason, Timing.NONE))).isEqualTo(Outcome.UNKNOWN);
    }

    private static Reply refusal(Reason reason, Timing timing) {
        return new Refusal(Rejection.of(reason, "no"), timing);
    }
}
