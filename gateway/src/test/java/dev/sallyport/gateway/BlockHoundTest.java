package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileInputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.netty.resources.LoopResources;

/** Proves that a test which blocks an event loop fails: without it, all the others would prove nothing. */
final class BlockHoundTest {
    @Test
    void blocking_an_event_loop_is_caught() {
        LoopResources loops = LoopResources.create("proof", 1, true);

        Throwable caught = catchThrowable(() -> loops.onServer(true)
                .next()
                .submit(() -> {
                    try (var file = new FileInputStream("pom.xml")) {
                        return file.read();
                    }
                })
                .get(10, TimeUnit.SECONDS));

        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block();
        assertThat(caught).hasRootCauseInstanceOf(BlockingOperationError.class);
    }
}
