package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ProvenCaller;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.caller.CallerLimitSettings;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Limits of callers that the gateway proved: theirs from the first call on, and of each apart. */
final class CallerLimitsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void each_proven_caller_has_the_permits_of_a_limit_by_caller_although_all_carry_the_same_credentials() {
        Filter<ReadCall> limits =
                limits(LimitKey.CALLER, List.of()).byOtherCall().orElseThrow();

        assertThat(passes(limits, "billing")).isTrue();
        assertThat(passes(limits, "billing")).isTrue();
        assertThat(passes(limits, "billing")).isFalse();
        assertThat(passes(limits, "web")).isTrue();
    }

    @Test
    void a_limit_of_one_caller_is_no_other_callers() {
        List<String> all = List.of("*");
        var own = List.of(new CallerLimitSettings("hourly", 1L, HOUR, 1L));
        var billing = new CallerSettings("billing", List.of(), List.of(), List.of("subject"), all, all, all, own);
        Filter<ReadCall> limits =
                limits(LimitKey.OPERATION, List.of(billing)).byOtherCall().orElseThrow();

        assertThat(passes(limits, "billing")).isTrue();
        assertThat(passes(limits, "billing")).isFalse();
        assertThat(passes(limits, "web")).isTrue();
    }

    @Test
    void what_another_limit_refuses_to_a_proven_caller_takes_nothing_of_its_address() {
        Filter<Call> edge = limits(LimitKey.ADDRESS, List.of()).byAddress().orElseThrow();
        var refused = new Refusal(Rejection.of(Reason.RATE_LIMITED, "no"));

        for (int number = 0; number < 10; number++) {
            Calls.through(edge, call(), asked -> {
                asked.identification().prove(new ProvenCaller("billing", "project"));
                return Mono.just(refused);
            });
        }

        assertThat(Calls.through(edge, call(), asked -> Mono.just(Calls.answer(200, "{}"))))
                .isInstanceOf(Answer.class);
    }

    private static boolean passes(Filter<ReadCall> limits, String caller) {
        Call call = call();
        call.identification().prove(new ProvenCaller(caller, "project"));
        return Calls.through(limits, Calls.unread(call), asked -> Mono.just(Calls.answer(200, "{}"))) instanceof Answer;
    }

    private static Call call() {
        return Calls.call("{}", Map.of("Authorization", "Basic of-the-gateway"), "project");
    }

    @SuppressWarnings("NullAway") // null is how a binder says that nothing was given
    private static RateLimits limits(LimitKey key, List<CallerSettings> callers) {
        var limit = new LimitSettings("limit", key, 2L, HOUR, 2L);
        var settings = new RateLimitSettings(null, null, null, null, null, List.of(limit), null);
        return new RateLimits(settings, callers, new LocalLimitStore(100, TimeMeter.SYSTEM_NANOTIME), name -> {});
    }
}
