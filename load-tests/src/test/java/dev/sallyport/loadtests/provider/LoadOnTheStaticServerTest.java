package dev.sallyport.loadtests.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.loadtests.load.LoadGenerator;
import dev.sallyport.loadtests.load.LoadGenerator.Load;
import dev.sallyport.loadtests.process.MeasurementFailed;
import dev.sallyport.loadtests.process.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
