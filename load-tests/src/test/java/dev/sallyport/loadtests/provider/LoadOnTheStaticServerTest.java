package dev.sallyport.loadtests.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.loadtests.load.Arrivals;
import dev.sallyport.loadtests.load.LoadGenerator;
import dev.sallyport.loadtests.load.LoadGenerator.Load;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.process.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator and the static upstream, over real connections. */
final class LoadOnTheStaticServerTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int CONNECTIONS = 4;

    private final LoadGenerator generator = new LoadGenerator();
    private final NettyServer server = new NettyServer("{\"keys\":[]}".getBytes(StandardCharsets.UTF_8));
    private final Replies replies = replies("first", "second", "a longer third");

    @BeforeEach
    void show() {
        server.show(replies);
    }

    @AfterEach
    void close() {
        generator.close();
        server.close();
    }

    @Test
    void calls_that_are_answered_with_one_of_the_replies_are_counted() {
        Load load = generator.run(server.port(), CONNECTIONS, SHORT, replies);

        assertThat(load.calls()).isGreaterThanOrEqualTo(CONNECTIONS);
        assertThat(load.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(server.cpuMicros()).isPositive();
    }

    @Test
    void a_single_body_that_is_none_of_the_replies_fails_the_measurement() {
        assertThatThrownBy(() -> generator.run(server.port(), CONNECTIONS, SHORT, replies("first", "second")))
                .isInstanceOf(MeasurementFailed.class)
                .hasMessageContaining("a 200 whose body is not the provider's");
    }

    /** Also if a connection has to be waited for: each call is made, and counted from when it was due. */
    @ParameterizedTest
    @ValueSource(ints = {1, CONNECTIONS})
    void calls_come_when_they_are_due_and_to_each_gateway_alike(int connections) {
        var arrivals = new Arrivals(20_000, SHORT, 7);

        Histogram first = generator.run(server.port(), connections, arrivals, replies);
        Histogram second = generator.run(server.port(), connections, arrivals, replies);

        assertThat(first.getTotalCount()).isBetween(3_500L, 4_500L).isEqualTo(second.getTotalCount());
        assertThat(first.getMinValue()).isPositive();
    }

    @Test
    void a_single_wrong_body_fails_calls_that_come_when_they_are_due() {
        var arrivals = new Arrivals(1_000, SHORT, 7);

        assertThatThrownBy(() -> generator.run(server.port(), CONNECTIONS, arrivals, replies("first", "second")))
                .isInstanceOf(MeasurementFailed.class)
                .hasMessageContaining("a 200 whose body is not the provider's");
    }

    @Test
    void replies_that_were_replaced_are_no_longer_given() {
        Replies newer = replies("newer");
        server.show(newer);

        assertThat(generator.run(server.port(), CONNECTIONS, SHORT, newer).calls())
                .isPositive();
    }

    @Test
    void a_gateway_that_is_not_there_fails_the_measurement() {
        assertThatThrownBy(() -> generator.run(Ports.free(), CONNECTIONS, SHORT, replies))
                .isInstanceOf(MeasurementFailed.class)
                .hasMessageContaining("cannot connect");
    }

    @Test
    void a_request_for_keys_is_answered_with_keys() {
        assertThat(new ExchangeClient(server.port()).keys())
                .asString(StandardCharsets.UTF_8)
                .contains("keys");
    }

    private static Replies replies(String... texts) {
        return new Replies(List.of(texts).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
