package dev.sallyport.ratelimit.shared;

import static dev.sallyport.ratelimit.shared.SharedLimitRig.bucket;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.calls;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.limit;
import static dev.sallyport.ratelimit.shared.SharedLimitRig.take;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.limit.OnStoreFailure;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Taking;
import dev.sallyport.ratelimit.Taking.Outcome;
import dev.sallyport.store.StoreFailure.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways whose store answers nothing, too late or something else. */
final class SharedLimitFailureTest {
    private final SharedLimitRig rig = new SharedLimitRig();

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
        SharedLimitStore gateway = rig.gateway(10, OnStoreFailure.ALLOW);
        rig.store.nonsense = answer;

        assertThat(take(gateway, bucket(limit(1, 20))).outcome()).isEqualTo(Outcome.UNCOUNTED);
        rig.store.nonsense = null;
        assertThat(calls(gateway, bucket(limit(1, 20)), 10)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, UNCOUNTED", "REFUSE, UNKNOWN", "LOCAL, TAKEN"})
    void without_a_store_calls_are_treated_as_the_settings_say(OnStoreFailure policy, Outcome outcome) {
        SharedLimitStore gateway = rig.gateway(10, policy);
        rig.store.fault = Fault.DISCONNECTED;

        assertThat(take(gateway, bucket(limit(1, 2))).outcome()).isEqualTo(outcome);
    }

    @Test
    void without_a_store_this_gateway_counts_by_the_same_limits() {
        SharedLimitStore gateway = rig.gateway(0, OnStoreFailure.LOCAL);
        List<Bucket> bucket = bucket(limit(1, 7));
        rig.store.fault = Fault.DISCONNECTED;

        assertThat(calls(gateway, bucket, 20)).isEqualTo(7);
        rig.store.fault = null;
        assertThat(calls(gateway, bucket, 20)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_failed_asking_leaves_no_lease_that_is_never_filled_again(Fault fault) {
        SharedLimitStore gateway = rig.gateway(20, OnStoreFailure.ALLOW);
        List<Bucket> bucket = bucket(limit(1, 100));
        rig.store.fault = fault;
        calls(gateway, bucket, 3);
        rig.store.fault = null;

        calls(gateway, bucket, 60);

        assertThat(rig.store.asked).isLessThan(35);
    }

    @Test
    void permits_of_a_late_answer_are_held_and_not_lost() {
        SharedLimitStore gateway = rig.gateway(20, OnStoreFailure.ALLOW);
        List<Bucket> bucket = bucket(limit(1, 100));
        rig.store.fault = Fault.TIMED_OUT;
        Taking late = take(gateway, bucket);
        rig.store.fault = Fault.DISCONNECTED;

        assertThat(late.outcome()).isEqualTo(Outcome.UNCOUNTED);
        assertThat(take(gateway, bucket).outcome()).isEqualTo(Outcome.TAKEN);
    }
}
