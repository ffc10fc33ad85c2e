package dev.sallyport.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

final class RateLimitTest {
    private static final Limit TEN_A_SECOND = new Limit("per-project", LimitKey.PROJECT, 10, Duration.ofSeconds(1), 2);

    private final ManualTime time = new ManualTime();
    private final LocalLimitStore store = new LocalLimitStore(1000, time);
    private final List<String> heard = new ArrayList<>();

    @Test
    void a_burst_passes_and_the_next_call_is_told_how_long_to_wait() {
        assertThat(take(store, TEN_A_SECOND, "a")).isZero();
        assertThat(take(store, TEN_A_SECOND, "a")).isZero();
        assertThat(take(store, TEN_A_SECOND, "a")).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void permits_flow_in_with_time_and_no_more_than_a_burst_is_saved_up() {
        drain("a");

        time.advance(Duration.ofMillis(99));
        Duration early = take(store, TEN_A_SECOND, "a");
        time.advance(Duration.ofMillis(1));
        Duration due = take(store, TEN_A_SECOND, "a");
        time.advance(Duration.ofHours(1));

        assertThat(early).isEqualTo(Duration.ofMillis(1));
        assertThat(due).isZero();
        assertThat(drain("a")).isEqualTo(2);
    }

    @Test
    void keys_and_limits_count_apart() {
        drain("a");

        assertThat(take(store, TEN_A_SECOND, "b")).isZero();
        assertThat(take(store, new Limit("other", LimitKey.PROJECT, 10, Duration.ofSeconds(1), 2), "a"))
                .isZero();
    }

    @Test
    void no_caller_can_grow_the_memory() {
        var small = new LocalLimitStore(10, time);

        for (int key = 0; key < 10_000; key++) {
            take(small, TEN_A_SECOND, "key" + key);
        }

        assertThat(small.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void what_is_given_back_can_be_taken_again_and_no_more_than_a_burst_is_kept() {
        drain("a");

        store.giveBack(buckets(TEN_A_SECOND, "a"));
        int again = drain("a");
        for (int times = 0; times < 5; times++) {
            store.giveBack(buckets(TEN_A_SECOND, "a"));
        }
        store.giveBack(buckets(TEN_A_SECOND, "never seen"));

        assertThat(again).isEqualTo(1);
        assertThat(drain("a")).isEqualTo(2);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void a_long_key_is_kept_as_a_digest() {
        String name = "p".repeat(15_000);

        take(store, TEN_A_SECOND, name);
        take(store, TEN_A_SECOND, name);

        assertThat(new Bucket(TEN_A_SECOND, name).key()).hasSize(64);
        assertThat(new Bucket(TEN_A_SECOND, "p".repeat(63)).key()).hasSize(63);
        assertThat(take(store, TEN_A_SECOND, name)).isPositive();
        assertThat(take(store, TEN_A_SECOND, name + "q")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2", "59000, 59", "59001, 60"})
    void a_refusal_says_when_to_come_back_in_words_and_as_a_time(int millis, int seconds) {
        Rejection rejection = Calls.rejection(reply(List.of(TEN_A_SECOND), Duration.ofMillis(millis)));

        assertThat(rejection.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(rejection.message()).contains("\"per-project\"", " second");
        assertThat(heard).containsExactly("per-project");
    }

    @Test
    void one_second_is_one_second() {
        assertThat(Calls.rejection(reply(List.of(TEN_A_SECOND), Duration.ofSeconds(1)))
                        .message())
                .isEqualTo("Too many calls: the limit \"per-project\" is used up. Try again in 1 second.");
        assertThat(Calls.rejection(reply(List.of(TEN_A_SECOND), Duration.ofSeconds(2)))
                        .message())
                .endsWith("Try again in 2 seconds.");
    }

    @Test
    void a_call_within_all_limits_goes_on() {
        assertThat(reply(List.of(TEN_A_SECOND), Duration.ZERO)).isInstanceOf(Answer.class);
        assertThat(reply(List.of(), Duration.ofSeconds(1))).isInstanceOf(Answer.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_limit_of_addresses_counts_whatever_project_a_call_names() {
        var filter = edge(List.of(limit("l", 2)), store);

        Calls.through(filter, Calls.call("{}", Map.of(), "p"), RateLimitTest::refusing);
        Calls.through(filter, Calls.call("{}", Map.of(), null), RateLimitTest::refusing);

        assertThat(take(store, limit("l", 2), "192.0.2.1")).isPositive();
    }

    private int drain(String key) {
        int taken = 0;
        while (take(store, TEN_A_SECOND, key).isZero()) {
            taken++;
        }
        return taken;
    }

    private Reply reply(List<Limit> limits, Duration wait) {
        LimitStore waiting = new LimitStore() {
            @Override
            public Taking takeNow(List<Bucket> buckets) {
                List<Standing> standings = buckets.stream()
                        .map(bucket -> new Standing(bucket.limit(), 0, wait.toNanos(), wait.toNanos()))
                        .toList();
                return wait.isZero() ? Taking.taken(standings) : Taking.refused(standings);
            }

            @Override
            public Mono<Taking> take(List<Bucket> buckets) {
                throw new AssertionError("was decided at once");
            }

            @Override
            public void giveBack(List<Bucket> buckets) {
                throw new AssertionError("nothing was taken");
            }

            @Override
            public void count(List<Bucket> buckets) {
                throw new AssertionError("was counted");
            }
        };
        return Calls.through(edge(limits, waiting), Calls.call("{}"), call -> Mono.just(Calls.answer(200, "{}")));
    }

    private AddressLimitFilter edge(List<Limit> limits, LimitStore counting) {
        var permits = new Permits(counting, new RateLimitFields(new LimitHeaderSettings(true, true)), heard::add);
        return new AddressLimitFilter(limits, permits, new GoodCredentials(System::nanoTime));
    }

    private static List<Bucket> buckets(Limit limit, String key) {
        return List.of(new Bucket(limit, key));
    }

    /** How long to wait for a permit, zero if it was given. */
    private static Duration take(LocalLimitStore store, Limit limit, String key) {
        Taking taking = store.takeNow(buckets(limit, key));
        return Duration.ofNanos(taking.standings().get(0).nanosToNext());
    }

    private static Mono<Reply> refusing(Call call) {
        return Mono.just(new Refusal(Rejection.of(Reason.REQUEST_BREAKS_CONTRACT, "no")));
    }

    private static Limit limit(String name, int burst) {
        return new Limit(name, LimitKey.ADDRESS, 1, Duration.ofHours(1), burst);
    }

    private static final class ManualTime implements TimeMeter {
        private long nanos;

        void advance(Duration step) {
            nanos += step.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
