package dev.sallyport.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailedCallsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final FailedCalls failures = new FailedCalls(nanos::get);

    @ParameterizedTest
    @CsvSource({"1,0", "5,0", "6,250", "7,500", "8,1000", "9,2000", "10,4000", "11,4000", "1000000,4000"})
    void a_few_are_free_and_then_each_waits_twice_as_long(int failed, long millis) {
        assertThat(FailedCalls.wait(failed)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void addresses_are_counted_apart_and_forgotten_after_a_minute() {
        IntStream.rangeClosed(1, 6).forEach(number -> failures.failed("192.0.2.1"));

        assertThat(failures.failed("192.0.2.1")).isPositive();
        assertThat(failures.failed("192.0.2.2")).isZero();
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(failures.failed("192.0.2.1")).isZero();
    }

    @Test
    void of_ipv6_a_network_counts_and_not_each_of_its_addresses() {
        assertThat(FailedCalls.source("2001:db8:0:7:0:0:0:1")).isEqualTo(FailedCalls.source("2001:db8:0:7:a:b:c:d"));
        assertThat(FailedCalls.source("2001:db8:0:7:0:0:0:1")).isNotEqualTo(FailedCalls.source("2001:db8:0:8:0:0:0:1"));
        assertThat(FailedCalls.source("192.0.2.1")).isEqualTo("192.0.2.1");
    }
}
