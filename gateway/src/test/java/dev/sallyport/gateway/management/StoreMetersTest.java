package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.gateway.management.meters.StoreMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class StoreMetersTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private static final String UNREACHABLE = "The shared store cannot be reached; it is tried again and again";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StoreMeters meters = new StoreMeters(registry);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        ROOT.addAppender(logged);
    }

    @AfterEach
    void stop() {
        ROOT.detachAppender(logged);
    }

    @Test
    void nothing_is_shown_of_a_store_that_there_is_not() {
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void a_store_that_is_lost_and_comes_back_is_told_in_one_line_for_each_cause_and_by_the_gauge() {
        meters.connected();
        assertThat(gauge()).isEqualTo(1);
        meters.lost();
        meters.unreachable(new IOException("refused"));
        meters.unreachable(new IOException("refused"));
        meters.unreachable(new IOException("wrong password"));
        meters.unreachable(new IOException("refused"));
        assertThat(gauge()).isZero();
        meters.connected();
        assertThat(gauge()).isEqualTo(1);

        assertThat(logged.list)
                .extracting(
                        line -> line.getMessage() + (line.getKeyValuePairs() == null ? "" : line.getKeyValuePairs()))
                .containsExactly(
                        "The shared store is connected",
                        "The connection to the shared store is lost; another is being made",
                        UNREACHABLE + "[cause=\"IOException: refused\"]",
                        UNREACHABLE + "[cause=\"IOException: wrong password\"]",
                        "The shared store is connected");
    }

    private double gauge() {
        return registry.get("sallyport.store.connected").gauge().value();
    }
}
