package dev.sallyport.ratelimit.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.limit.LeaseSettings;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.OnStoreFailure;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.limit.RateLimitStore;
import dev.sallyport.config.value.Percent;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Limit;
import dev.sallyport.ratelimit.LocalLimitStore;
import dev.sallyport.ratelimit.Taking;
import dev.sallyport.ratelimit.Taking.Outcome;
import dev.sallyport.store.StoreFailure.Fault;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Several gateways with one store, by one clock that the test turns. Long because that store and that clock are common to all. */
final class SharedLimitStoreTest {
    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final BucketsInMemory store = new BucketsInMemory(() -> nanos() / 1000);
    private final LocalLimitStore local = new LocalLimitStore(100, TimeMeter.SYSTEM_NANOTIME);

    @Test
    void a_busy_gateway_takes_ahead_and_seldom_asks() {
        SharedLimitStore gateway = gateway(10, OnStoreFailure.REFUSE);
        List<Bucket> bucket = bucket(limit(1000, 1000));

        int passed = calls(gateway, bucket, 800);

        assertThat(passed).isEqualTo(800);
        assertThat(store.asked).isLessThan(40);
    }

    @Test
    void without_leases_each_call_asks() {
        SharedLimitStore gateway = gateway(0, OnStoreFailure.REFUSE);

        assertThat(calls(gateway, bucket(limit(1, 20)), 30)).isEqualTo(20);
        assertThat(store.asked).isEqualTo(21);
    }

    @Test
    void a_refusal_is_believed_until_the_next_permit_can_be_there() {
        SharedLimitStore gateway = gateway(0, OnStoreFailure.REFUSE);
        List<Bucket> bucket = bucket(limit(10, 1));

        Taking first = take(gateway, bucket);
        Taking second = take(gateway, bucket);
        int asked = store.asked;
        Taking third = take(gateway, bucket);
        clock.advanceTimeBy(Duration.ofMillis(100));
        Taking fourth = take(gateway, bucket);

        assertThat(first.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(second.standings().get(0).nanosToNext())
                .isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(asked).isEqualTo(2);
        assertThat(fourth.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(store.asked).isEqualTo(3);
    }

    @Test
    void a_call_that_one_limit_refuses_takes_nothing_of_another_here_or_there() {
        SharedLimitStore gateway = gateway(10, OnStoreFailure.REFUSE);
        List<Bucket> small = bucket(anHour("small", 5));
        List<Bucket> both = List.of(new Bucket(anHour("large", 100), "key"), small.get(0));

        assertThat(calls(gateway, both, 50)).isEqualTo(5);

        clock.advanceTimeBy(Duration.ofMillis(10));
        SharedLimitStore other = gateway(0, OnStoreFailure.REFUSE);
        clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(calls(other, List.of(both.get(0)), 200)).isEqualTo(95);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_refusal_that_is_believed_asks_nothing_whatever_other_limits_the_call_has(int place) {
        SharedLimitStore gateway = gateway(0, OnStoreFailure.REFUSE);
        List<Bucket> both = new ArrayList<>(bucket(anHour("large", 100)));
        both.add(place, new Bucket(anHour("small", 1), "key"));
        calls(gateway, both, 2);
        int asked = store.asked;

        Taking third = take(gateway, both);

        assertThat(store.asked).isEqualTo(asked);
        assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(third.standings())
                .singleElement()
                .satisfies(standing -> assertThat(standing.limit().name()).isEqualTo("small"));
    }

    @Test
    void a_key_that_was_not_seen_before_is_not_refused_although_time_goes_on_meanwhile() {
        var nanos = new AtomicLong();
        SharedLimitStore gateway = gateway(10, OnStoreFailure.REFUSE, nanos::incrementAndGet);

        assertThat(take(gateway, bucket(limit(1, 20))).outcome()).isEqualTo(Outcome.TAKEN);
    }

    static Stream<List<Object>> nonsense() {
        return Stream.of(
                List.of(),
                List.of(1L),
                List.of(1L, 1L, 1L, "0"),
                List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L),
                List.of(-1L, 1L, 0L, 1L),
                List.of(1L, -1L, 0L, 1L),
                List.of(0L, 0L, -1L, 1L),
                List.of(1L, 1L, 0L, -1L),
                List.of(0L, 0L, 0L, 0L), // neither a permit nor a time to wait
                List.of(1L, 1L, 1L, 1L), // both
                List.of(1_000_000L, 1L, 0L, 1L));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void an_answer_that_is_none_is_a_failure_of_the_store(List<Object> answer) {
        SharedLimitStore gateway = gateway(10, OnStoreFailure.ALLOW);
        store.nonsense = answer;

        assertThat(take(gateway, bucket(limit(1, 20))).outcome()).isEqualTo(Outcome.UNCOUNTED);
        store.nonsense = null;
        assertThat(calls(gateway, bucket(limit(1, 20)), 10)).isEqualTo(10);
    }

    @Test
    void a_gateway_that_ends_gives_back_what_it_holds() {
        SharedLimitStore gateway = gateway(50, OnStoreFailure.REFUSE);
        calls(gateway, bucket(anHour("limit", 100)), 20);
        double before = store.left();

        gateway.giveAllBack().block();

        assertThat(before).isLessThan(80);
        assertThat(store.left()).isEqualTo(80);
    }

    @Test
    void however_many_keys_there_are_only_so_many_leases_are_kept_and_nothing_of_the_others_is_lost() {
        SharedLimitStore gateway = gateway(50, OnStoreFailure.REFUSE);
        int keys = 20_000;

        for (int key = 0; key < keys; key++) {
            take(gateway, List.of(new Bucket(anHour("limit", 100), "key-" + key)));
        }

        assertThat(gateway.size()).isLessThanOrEqualTo(1000);
        gateway.giveAllBack().block();
        assertThat(store.total()).isEqualTo(keys * 99.0);
    }

    @Test
    void what_is_not_used_is_given_back() {
        SharedLimitStore gateway = gateway(50, OnStoreFailure.REFUSE);
        List<Bucket> bucket = bucket(anHour("limit", 100));
        calls(gateway, bucket, 20);
        double before = store.left();

        clock.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(before).isLessThan(80);
        assertThat(store.left()).isBetween(80.0, 80.1);
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, UNCOUNTED", "REFUSE, UNKNOWN", "LOCAL, TAKEN"})
    void without_a_store_calls_are_treated_as_the_settings_say(OnStoreFailure policy, Outcome outcome) {
        SharedLimitStore gateway = gateway(10, policy);
        store.fault = Fault.DISCONNECTED;

        assertThat(take(gateway, bucket(limit(1, 2))).outcome()).isEqualTo(outcome);
    }

    @Test
    void without_a_store_this_gateway_counts_by_the_same_limits() {
        SharedLimitStore gateway = gateway(0, OnStoreFailure.LOCAL);
        List<Bucket> bucket = bucket(limit(1, 7));
        store.fault = Fault.DISCONNECTED;

        assertThat(calls(gateway, bucket, 20)).isEqualTo(7);
        store.fault = null;
        assertThat(calls(gateway, bucket, 20)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_failed_asking_leaves_no_lease_that_is_never_filled_again(Fault fault) {
        SharedLimitStore gateway = gateway(20, OnStoreFailure.ALLOW);
        List<Bucket> bucket = bucket(limit(1, 100));
        store.fault = fault;
        calls(gateway, bucket, 3);
        store.fault = null;

        calls(gateway, bucket, 60);

        assertThat(store.asked).isLessThan(35);
    }

    @Test
    void permits_of_a_late_answer_are_held_and_not_lost() {
        SharedLimitStore gateway = gateway(20, OnStoreFailure.ALLOW);
        List<Bucket> bucket = bucket(limit(1, 100));
        store.fault = Fault.TIMED_OUT;
        Taking late = take(gateway, bucket);
        store.fault = Fault.DISCONNECTED;

        assertThat(late.outcome()).isEqualTo(Outcome.UNCOUNTED);
        assertThat(take(gateway, bucket).outcome()).isEqualTo(Outcome.TAKEN);
    }

    /**
     * Law, as docs/scaling.md states it: in no time {@code w} do N gateways together let through more than
     * {@code burst + w * permits / per + N * share * burst}.
     */
    @Test
    void three_gateways_stay_within_the_stated_overshoot() {
        Laws.holds(60, draw -> new SharedLimitStoreTest().together(draw, 3));
    }

    private void together(Draws draw, int count) {
        int burst = draw.between(1, 200);
        int permits = draw.between(1, 100);
        int share = draw.between(0, 100);
        List<Bucket> bucket = bucket(limit(permits, burst));
        List<SharedLimitStore> gateways = IntStream.range(0, count)
                .mapToObj(each -> gateway(share, OnStoreFailure.REFUSE))
                .toList();
        List<Long> passedAt = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            clock.advanceTimeBy(Duration.ofMillis(draw.of(0, 0, 0, 1, 10, 500)));
            SharedLimitStore gateway = gateways.get(draw.between(0, count - 1));
            if (take(gateway, bucket).outcome() == Outcome.TAKEN) {
                if (draw.percent(5)) {
                    gateway.giveBack(bucket);
                } else {
                    passedAt.add(nanos());
                }
            }
        }
        long held = count * (burst * (long) share / 100);
        double most = 0;
        for (int from = 0; from < passedAt.size(); from++) {
            for (int to = from; to < passedAt.size(); to++) {
                double window = (passedAt.get(to) - passedAt.get(from)) / 1e9;
                most = Math.max(most, to - from + 1 - window * permits);
            }
        }
        assertThat(most)
                .as("calls beyond those that flowed in, burst %s, %s a second, held %s", burst, permits, held)
                .isLessThanOrEqualTo(burst + held + 1e-6);
    }

    private long nanos() {
        return clock.now(java.util.concurrent.TimeUnit.NANOSECONDS);
    }

    private SharedLimitStore gateway(int share, OnStoreFailure policy) {
        return gateway(share, policy, this::nanos);
    }

    private SharedLimitStore gateway(int share, OnStoreFailure policy, LongSupplier nanos) {
        var settings = new RateLimitSettings(
                RateLimitStore.REDIS,
                policy,
                new LeaseSettings(new Percent(share), Duration.ofSeconds(1)),
                new LimitHeaderSettings(true, false),
                true,
                List.of(),
                1000L);
        return new SharedLimitStore(store, local, settings, new SharedLimitStore.Time(nanos, clock));
    }

    private static int calls(SharedLimitStore gateway, List<Bucket> buckets, int count) {
        int passed = 0;
        for (int call = 0; call < count; call++) {
            passed += take(gateway, buckets).outcome() == Outcome.TAKEN ? 1 : 0;
        }
        return passed;
    }

    private static Taking take(SharedLimitStore gateway, List<Bucket> buckets) {
        @Nullable Taking now = gateway.takeNow(buckets);
        return now == null ? Objects.requireNonNull(gateway.take(buckets).block()) : now;
    }

    private static Limit anHour(String name, int burst) {
        return new Limit(name, LimitKey.PROJECT, 1, Duration.ofHours(1), burst);
    }

    private static Limit limit(int permits, int burst) {
        return limit("limit", permits, burst);
    }

    private static Limit limit(String name, int permits, int burst) {
        return new Limit(name, LimitKey.PROJECT, permits, Duration.ofSeconds(1), burst);
    }

    private static List<Bucket> bucket(Limit limit) {
        return List.of(new Bucket(limit, "key"));
    }
}
