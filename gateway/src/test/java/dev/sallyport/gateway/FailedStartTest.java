package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that cannot start leaves nothing behind in the process that it was to run in. */
@Timeout(120)
final class FailedStartTest {
    @Test
    void its_event_loops_end() {
        Set<Thread> before = loops();

        assertThatThrownBy(() -> TestGateway.inFrontOf("http://127.0.0.1:1", "--server.ssl.bundle=none"))
                .hasRootCauseMessage("SSL bundle name 'none' cannot be found");

        Waiting.until("its loops are gone", () -> before.containsAll(loops()));
    }

    private static Set<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("reactor-http"))
                .collect(Collectors.toSet());
    }
}
