package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.gateway.log.FailureWatch;
import dev.sallyport.gateway.provider.ProviderWatch.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of a provider that fails: once, why, and at the end for how long. */
final class ProviderWatchTest {
    private static final String OPERATION = "sessions.migrate";
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sallyport.provider");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now = TimeUnit.HOURS.toNanos(-7);
    private final ProviderWatch watch = new ProviderWatch(() -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void a_provider_that_answers_is_not_told_of() {
        Stream.of(200, 404, 429, 302).forEach(status -> watch.answered(OPERATION, status));

        assertThat(taken()).isEmpty();
    }

    @Test
    void the_first_failure_is_told_with_its_cause_and_more_of_its_kind_are_not() {
        for (int call = 0; call < 1000; call++) {
            watch.failed(OPERATION, Failure.UNREACHABLE, new ConnectException("Connection refused: /192.0.2.1:443"));
            passes(Duration.ofMillis(100));
        }

        assertThat(taken())
                .containsExactly("WARN The provider fails [operation=\"sessions.migrate\", failure=\"unreachable\", "
                        + "cause=\"ConnectException: Connection refused: /192.0.2.1:443\"]");
    }

    @Test
    void another_kind_of_failure_is_news_and_a_message_that_may_hold_values_is_not_told() {
        watch.answered(OPERATION, 503);
        watch.answered(OPERATION, 500);
        watch.timedOut(OPERATION);
        watch.failed(OPERATION, Failure.BROKEN_REPLY, new IllegalStateException("hunter2"));

        assertThat(taken())
                .containsExactly(
                        "WARN The provider fails [operation=\"sessions.migrate\", failure=\"server_error\", status=\"503\"]",
                        "WARN The provider fails [operation=\"sessions.migrate\", failure=\"timed_out\"]",
                        "WARN The provider fails [operation=\"sessions.migrate\", failure=\"broken_reply\", "
                                + "cause=\"IllegalStateException\"]");
    }

    @Test
    void one_that_answers_again_is_told_of_with_how_often_and_how_long_it_failed() {
        watch.timedOut(OPERATION);
        passes(Duration.ofSeconds(90));
        watch.failed(OPERATION, Failure.UNREACHABLE, new IOException("reset"));
        watch.timedOut(OPERATION);
        taken();

        watch.answered(OPERATION, 200);
        passes(FailureWatch.QUIET.minus(MOMENT));
        watch.answered(OPERATION, 200);
        assertThat(taken()).isEmpty();
        passes(MOMENT);
        watch.answered(OPERATION, 404);

        assertThat(taken())
                .containsExactly(
                        "INFO The provider answers again [seconds=\"90\", timed_out=\"2\", unreachable=\"1\"]");
        watch.answered(OPERATION, 200);
        assertThat(taken()).isEmpty();
        watch.timedOut(OPERATION);
        assertThat(taken()).singleElement().asString().startsWith("WARN The provider fails");
    }

    @Test
    void one_that_fails_now_and_then_is_told_of_once_and_then_by_numbers() {
        for (int second = 0; second < 3600; second++) {
            watch.answered(OPERATION, second % 20 == 0 ? 503 : 200);
            passes(MOMENT);
        }

        assertThat(taken())
                .hasSize(6)
                .first()
                .asString()
                .contains("The provider fails [operation=\"sessions.migrate\", failure=\"server_error\"");
        passes(FailureWatch.QUIET);
        watch.answered(OPERATION, 200);
        assertThat(taken()).containsExactly("INFO The provider answers again [seconds=\"3580\", server_error=\"180\"]");
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }

    private List<String> taken() {
        List<String> taken = lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getMessage() + " " + line.getKeyValuePairs())
                .toList();
        lines.list.clear();
        return taken;
    }
}
