package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.Repeatable;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which attempts are followed by another, for which operations. */
final class RetryDecisionTest {
    private static final String ALL = "NEVER RATE_LIMITED NOT_CARRIED_OUT ALWAYS";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // result, status, whether the provider says that it did nothing, operations for which it is repeated
                "UNREACHABLE,  0,   false, " + ALL,
                "BROKE_OFF,    0,   false, ALWAYS",
                "RATE_LIMITED, 429, true,  RATE_LIMITED NOT_CARRIED_OUT ALWAYS",
                "RATE_LIMITED, 429, false, -",
                "SERVER_ERROR, 503, true,  NOT_CARRIED_OUT ALWAYS",
                "SERVER_ERROR, 503, false, ALWAYS",
                "SERVER_ERROR, 500, false, ALWAYS",
                "SERVER_ERROR, 502, false, ALWAYS",
                "SERVER_ERROR, 504, false, ALWAYS",
                "SERVER_ERROR, 501, false, -",
                "SERVER_ERROR, 500, true,  NOT_CARRIED_OUT ALWAYS",
                "CLIENT_ERROR, 400, false, -",
                "CLIENT_ERROR, 404, true,  -",
                "NO_ANSWER,    302, false, -",
                "OK,           0,   false, -",
                "HELD_BACK,    0,   false, -",
                "TIMED_OUT,    0,   false, -",
                "CALLER_LEFT,  0,   false, -",
                "BUG,          0,   false, -",
            })
    void an_attempt_is_followed_by_another_where_that_does_nothing_twice(
            AttemptResult result, int status, boolean notCarriedOut, @Nullable String operations) {
        Set<Repeatable> expected = operations == null
                ? Set.of()
                : Stream.of(operations.split(" ", -1)).map(Repeatable::valueOf).collect(Collectors.toSet());

        for (Repeatable repeatable : EnumSet.allOf(Repeatable.class)) {
            var decision = new RetryDecision(3, Duration.ofMillis(50), repeatable);
            assertThat(decision.allows(new Attempt(1, result, status, notCarriedOut, null)))
                    .as(repeatable.toString())
                    .isEqualTo(expected.contains(repeatable));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "3, 1, true", "3, 2, true", "3, 3, false"})
    void there_are_so_many_attempts_at_most(int most, int number, boolean allowed) {
        var decision = new RetryDecision(most, Duration.ofMillis(50), Repeatable.ALWAYS);

        assertThat(decision.allows(new Attempt(number, AttemptResult.UNREACHABLE, 0, false, null)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // number, chance, seconds that the provider says, wait in ms
                "1,  0,    -, 0",
                "1,  0.5,  -, 50",
                "1,  1,    -, 100",
                "2,  1,    -, 200",
                "3,  0.5,  -, 200",
                "4,  1,    -, 800",
                "5,  1,    -, 1000",
                "60, 1,    -, 1000",
                "1,  0,    3, 3000",
                "1,  0.5,  3, 3050",
                "1,  0.5,  0, 50",
            })
    void a_wait_is_a_part_of_the_backoff_and_all_that_the_provider_says(
            int number, double chance, @Nullable Integer seconds, long millis) {
        @Nullable Duration said = seconds == null ? null : Duration.ofSeconds(seconds);
        var attempt = new Attempt(number, AttemptResult.UNREACHABLE, 0, false, said);
        var decision = new RetryDecision(100, Duration.ofMillis(100), Repeatable.NEVER);

        assertThat(decision.wait(attempt, chance)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "204, OK",
        "302, NO_ANSWER",
        "400, CLIENT_ERROR",
        "404, CLIENT_ERROR",
        "429, RATE_LIMITED",
        "408, NO_ANSWER",
        "498, CLIENT_ERROR",
        "499, NO_ANSWER",
        "500, SERVER_ERROR",
        "599, SERVER_ERROR",
        "600, NO_ANSWER",
        "100, NO_ANSWER"
    })
    void an_answer_is_known_by_its_status(int status, AttemptResult result) {
        assertThat(AttemptResult.of(Calls.answer(status, "{}"))).isEqualTo(result);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void a_refusal_is_known_by_its_reason_and_by_whether_something_left(Reason reason) {
        Reply kept = new Refusal(Rejection.of(reason, "no"));
        Reply left = new Refusal(Rejection.of(reason, "no"), new Timing(5, 6));

        AttemptResult expected =
                switch (reason) {
                    case PROVIDER_UNREACHABLE -> AttemptResult.UNREACHABLE;
                    case REPLY_BREAKS_CONTRACT -> AttemptResult.NO_ANSWER;
                    default -> AttemptResult.HELD_BACK;
                };
        assertThat(AttemptResult.of(kept)).isEqualTo(expected);
        assertThat(AttemptResult.of(left))
                .isEqualTo(expected == AttemptResult.UNREACHABLE ? AttemptResult.BROKE_OFF : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, false, true",
        "SERVER_ERROR, true,  false",
        "BROKE_OFF,    false, true",
        "NO_ANSWER,    false, true",
        "UNREACHABLE,  false, false",
        "RATE_LIMITED, true,  false",
        "CLIENT_ERROR, false, false",
        "HELD_BACK,    false, false",
    })
    void what_may_have_been_done_is_in_doubt(AttemptResult result, boolean notCarriedOut, boolean doubt) {
        assertThat(new Attempt(1, result, 0, notCarriedOut, null).isInDoubt()).isEqualTo(doubt);
    }
}
