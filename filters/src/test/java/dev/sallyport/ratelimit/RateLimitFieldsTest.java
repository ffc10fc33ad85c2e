package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitFieldsTest {
    private static final RateLimitFields BOTH = new RateLimitFields(new LimitHeaderSettings(true, true));
    private static final RateLimitFields NONE = new RateLimitFields(new LimitHeaderSettings(false, false));
    private static final Reply ANSWER = Calls.answer(200, "{}");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            burst    | 100 | PT60S  | 100 | 50 | PT30S    | "burst";q=100;w=60   | "burst";r=50;t=30
            burst    | 100 | PT1S   | 200 | 7  | PT1.5S   | "burst";q=200;w=2    | "burst";r=7;t=2
            short    | 10  | PT0.1S | 10  | 10 | PT0S     | "short";q=10;w=1     | "short";r=10;t=0
            thirds   | 3   | PT1S   | 1   | 0  | PT0.001S | "thirds";q=1;w=1     | "thirds";r=0;t=1
            a"b\\c   | 1   | PT24H  | 1   | 0  | PT24H    | "a\\"b\\\\c";q=1;w=86400 | "a\\"b\\\\c";r=0;t=86400
            größe    | 1   | PT1S   | 1   | 1  | PT0S     | "gr__e";q=1;w=1      | "gr__e";r=1;t=0
            """)
    void limits_are_told_as_the_draft_says(
            String name,
            long permits,
            Duration per,
            long burst,
            long left,
            Duration full,
            String policy,
            String limit) {
        var standing = new Standing(new Limit(name, LimitKey.PROJECT, permits, per, burst), left, 0, full.toNanos());

        Answer told = (Answer) BOTH.on(ANSWER, List.of(standing));

        assertThat(told.headers().first("RateLimit-Policy")).isEqualTo(policy);
        assertThat(told.headers().first("RateLimit")).isEqualTo(limit);
        assertThat(told.headers().first("content-type")).isEqualTo("application/json");
    }

    @Test
    void several_limits_are_told_in_one_line_and_the_older_fields_tell_of_the_tightest() {
        List<Standing> inner = List.of(standing("a", 5), standing("b", 3));
        List<Standing> outer = List.of(standing("c", 4));

        Answer told = (Answer) BOTH.on(BOTH.on(ANSWER, inner), outer);

        assertThat(told.headers().first("RateLimit")).isEqualTo("\"c\";r=4;t=1, \"a\";r=5;t=1, \"b\";r=3;t=1");
        assertThat(told.headers().first("RateLimit-Policy"))
                .isEqualTo("\"c\";q=10;w=1, \"a\";q=10;w=1, \"b\";q=10;w=1");
        assertThat(told.headers().first("X-RateLimit-Limit")).isEqualTo("10");
        assertThat(told.headers().first("X-RateLimit-Remaining")).isEqualTo("3");
        assertThat(told.headers().first("X-RateLimit-Reset")).isEqualTo("1");
    }

    @Test
    void refusals_tell_as_well() {
        var refusal = new Refusal(Rejection.of(Reason.RATE_LIMITED, "no"));

        Refusal told = (Refusal) BOTH.on(BOTH.on(refusal, List.of(standing("a", 0))), List.of(standing("b", 9)));

        assertThat(told.rejection()).isSameAs(refusal.rejection());
        assertThat(told.fields())
                .containsEntry("RateLimit", "\"b\";r=9;t=1, \"a\";r=0;t=1")
                .containsEntry("X-RateLimit-Remaining", "0")
                .containsOnlyKeys(RateLimitFields.names(new LimitHeaderSettings(true, true)));
    }

    @Test
    void nothing_is_told_unless_it_is_wanted_and_there_is_something() {
        assertThat(NONE.on(ANSWER, List.of(standing("a", 1)))).isSameAs(ANSWER);
        assertThat(BOTH.on(ANSWER, List.of())).isSameAs(ANSWER);
    }

    private static Standing standing(String name, long left) {
        return new Standing(new Limit(name, LimitKey.PROJECT, 10, Duration.ofSeconds(1), 10), left, 0, 1_000_000);
    }
}
