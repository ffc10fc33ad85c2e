package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.ConnectionMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What the log says of connections. */
final class ConnectionLinesTest {
    private static final String SECRET = "a-header-value";

    @Test
    void a_bug_is_told_by_its_stack_without_what_its_message_quotes() {
        var meters = new ConnectionMeters(new SimpleMeterRegistry(), new LineWindows(VirtualTimeScheduler.create()));
        var cause = new IllegalStateException(SECRET);

        try (var log = new LogCapture()) {
            meters.answerFailed(new IllegalArgumentException("no header value: " + SECRET, cause));

            assertThat(log.taken())
                    .contains("An answer failed because of a bug", "IllegalArgumentException", "IllegalStateException")
                    .contains("at dev.sallyport.gateway.ConnectionLinesTest")
                    .doesNotContain(SECRET);
        }
    }
}
