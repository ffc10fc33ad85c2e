package dev.sallyport.ratelimit.shared;

import static dev.sallyport.ratelimit.shared.SharedLimitRig.anHour;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.bucket;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.calls;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.limit;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.limit.OnStoreFailure;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Taking;
import dev.sallyport.ratelimit.Taking.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several gateways with one store. */
final class SharedLimitStoreTest {
    private final SharedLimitRig rig = new SharedLimitRig();

    @Test
    void a_busy_gateway_takes_ahead_and_seldom_asks() {
        SharedLimitStore gateway = rig.gateway(10, OnStoreFailure.REFUSE);
        List<Bucket> bucket = bucket(limit(1000, 1000));

        int passed = calls(gateway, bucket, 800);

        assertThat(passed).isEqualTo(800);
        assertThat(rig.store.asked).isLessThan(40);
    }

    @Test
    void without_leases_each_call_asks() {
        SharedLimitStore gateway = rig.gateway(0, OnStoreFailure.REFUSE);

        assertThat(calls(gateway, bucket(limit(1, 20)), 30)).isEqualTo(20);
        assertThat(rig.store.asked).isEqualTo(21);
    }

    @Test
    void a_refusal_is_believed_until_the_next_permit_can_be_there() {
        SharedLimitStore gateway = rig.gateway(0, OnStoreFailure.REFUSE);
        List<Bucket> bucket = bucket(limit(10, 1));

        Taking first = take(gateway, bucket);
        Taking second = take(gateway, bucket);
        int asked = rig.store.asked;
        Taking third = take(gateway, bucket);
        rig.clock.advanceTimeBy(Duration.ofMillis(100));
        Taking fourth = take(gateway, bucket);

        assertThat(first.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(second.standings().get(0).nanosToNext())
                .isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(asked).isEqualTo(2);
        assertThat(fourth.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(rig.store.asked).isEqualTo(3);
    }

    @Test
    void a_call_that_one_limit_refuses_takes_nothing_of_another_here_or_there() {
        SharedLimitStore gateway = rig.gateway(10, OnStoreFailure.REFUSE);
        List<Bucket> small = bucket(anHour("small", 5));
        List<Bucket> both = List.of(new Bucket(anHour("large", 100), "key"), small.get(0));

        assertThat(calls(gateway, both, 50)).isEqualTo(5);

        rig.clock.advanceTimeBy(Duration.ofMillis(10));
        SharedLimitStore other = rig.gateway(0, OnStoreFailure.REFUSE);
        rig.clock.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(calls(other, List.of(both.get(0)), 200)).isEqualTo(95);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_refusal_that_is_believed_asks_nothing_whatever_other_limits_the_call_has(int place) {
        SharedLimitStore gateway = rig.gateway(0, OnStoreFailure.REFUSE);
        List<Bucket> both = new ArrayList<>(bucket(anHour("large", 100)));
        both.add(place, new Bucket(anHour("small", 1), "key"));
        calls(gateway, both, 2);
        int asked = rig.store.asked;

        Taking third = take(gateway, both);

        assertThat(rig.store.asked).isEqualTo(asked);
        assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(third.standings())
                .singleElement()
                .satisfies(standing -> assertThat(standing.limit().name()).isEqualTo("small"));
    }

    @Test
    void a_key_that_was_not_seen_before_is_not_refused_although_time_goes_on_meanwhile() {
        var nanos = new AtomicLong();
        SharedLimitStore gateway = rig.gateway(10, OnStoreFailure.REFUSE, nanos::incrementAndGet);

        assertThat(take(gateway, bucket(limit(1, 20))).outcome()).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void a_gateway_that_ends_gives_back_what_it_holds() {
        SharedLimitStore gateway = rig.gateway(50, OnStoreFailure.REFUSE);
        calls(gateway, bucket(anHour("limit", 100)), 20);
        double before = rig.store.left();

        gateway.giveAllBack().block();

        assertThat(before).isLessThan(80);
        assertThat(rig.store.left()).isEqualTo(80);
    }

    @Test
    void however_many_keys_there_are_only_so_many_leases_are_kept_and_nothing_of_the_others_is_lost() {
        SharedLimitStore gateway = rig.gateway(50, OnStoreFailure.REFUSE);
        int keys = 20_000;

        for (int key = 0; key < keys; key++) {
            take(gateway, List.of(new Bucket(anHour("limit", 100), "key-" + key)));
        }

        assertThat(gateway.size()).isLessThanOrEqualTo(1000);
        gateway.giveAllBack().block();
        assertThat(rig.store.total()).isEqualTo(keys * 99.0);
    }

    @Test
    void what_is_not_used_is_given_back() {
        SharedLimitStore gateway = rig.gateway(50, OnStoreFailure.REFUSE);
        List<Bucket> bucket = bucket(anHour("limit", 100));
        calls(gateway, bucket, 20);
        double before = rig.store.left();

        rig.clock.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(before).isLessThan(80);
        assertThat(rig.store.left()).isBetween(80.0, 80.1);
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
                .mapToObj(each -> rig.gateway(share, OnStoreFailure.REFUSE))
                .toList();
        List<Long> passedAt = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            rig.clock.advanceTimeBy(Duration.ofMillis(draw.of(0, 0, 0, 1, 10, 500)));
            SharedLimitStore gateway = gateways.get(draw.between(0, count - 1));
            if (take(gateway, bucket).outcome() == Outcome.TAKEN) {
                if (draw.percent(5)) {
                    gateway.giveBack(bucket);
                } else {
                    passedAt.add(rig.nanos());
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
}
