package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.http.connection.DroppedErrors;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.ConnectionMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Operators;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Errors that come when their call has its outcome: each is counted, and they are told in a line and a sum. */
final class DroppedErrorsTest {
    @Test
    void they_are_counted_and_told_once_by_class_alone() {
        var registry = new SimpleMeterRegistry();
        var time = VirtualTimeScheduler.create();

        String told;
        try (var log = new LogCapture()) {
            log.quiet();
            dropThree(new ConnectionMeters(registry, new LineWindows(time)));
            time.advanceTimeBy(Duration.ofSeconds(10));
            told = log.taken();
        }

        assertThat(registry.get("sallyport.errors.dropped").counter().count()).isEqualTo(3);
        assertThat(told.lines()).hasSize(2);
        assertThat(told)
                .contains("error=\"java.lang.IllegalStateException\"", "… and 2 more like it in 10 s")
                .doesNotContain("hunter2");
    }

    private static void dropThree(ConnectionMeters meters) {
        var hearing = new DroppedErrors(meters);
        for (int count = 0; count < 3; count++) {
            Operators.onErrorDropped(new IllegalStateException("hunter2"), Context.empty());
        }
        hearing.close();
    }
}
