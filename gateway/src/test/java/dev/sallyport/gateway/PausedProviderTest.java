package dev.sallyport.gateway;

import static dev.sallyport.gateway.ScriptedProvider.HANG_UP;
import static dev.sallyport.gateway.ScriptedProvider.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider that stands still for many times the deadline, and goes on as if nothing had been. */
@Timeout(180)
final class PausedProviderTest {
    private static final int AT_A_TIME = 8;
    private static final int IN_VAIN = 30;
    private static final String DONE = reply(200, "{\"status_code\":200,\"request_id\":\"request-id-test-1\"}");

    private final ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME);
    private final List<Answer> answers = new ArrayList<>();
    private ScriptedProvider provider;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        provider = new ScriptedProvider();
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.contracts.reply=off",
                "--sallyport.session-token.mode=off",
                "--sallyport.deadline=1s",
                "--sallyport.circuit-breaker.window=10",
                "--sallyport.circuit-breaker.slow=500ms",
                "--sallyport.circuit-breaker.pause=100ms");
    }

    @AfterEach
    void stop() throws IOException {
        callers.shutdownNow();
        gateway.close();
        provider.close();
    }

    @Test
    void each_call_is_answered_in_its_time_and_all_are_served_again_when_it_is_over() throws Exception {
        provider.does(DONE);
        Waiting.until("all are served", this::areAllServed);
        provider.hangsUp();
        var before = Resources.of(gateway);
        provider.does(DONE);
        answers.clear();

        provider.pauses();
        Waiting.until("the breaker has opened, tried and opened again", () -> {
            call();
            return count(504) >= IN_VAIN;
        });
        assertThat(answers).allMatch(PausedProviderTest::isTrue);
        assertThat(count(503)).as("refused at once").isPositive();
        provider.goesOn();
        Waiting.until("the breaker has closed, and all are served", this::areAllServed);

        Waiting.until(
                "it has seen to what had reached it", () -> provider.asked().size() >= count(200));
        assertThat(provider.asked())
                .as("no call was made twice, and none that was refused at all")
                .hasSizeLessThanOrEqualTo((int) (count(200) + count(504)));
        provider.does(HANG_UP);
        provider.hangsUp();
        before.areGivenBack();
    }

    /** Too late, which may be in vain, or not made. */
    private static boolean isTrue(Answer answer) {
        String reason = answer.header("Sallyport-Rejection");
        return answer.status() == 504 ? reason.equals("PROVIDER_TIMED_OUT") : reason.equals("CIRCUIT_OPEN");
    }

    private long count(int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private boolean areAllServed() throws Exception {
        return call().stream().allMatch(answer -> answer.status() == 200);
    }

    /** So many at a time, each answer of which is kept. */
    private List<Answer> call() throws InterruptedException, ExecutionException {
        List<Answer> these = new ArrayList<>();
        Callable<Answer> migrate = this::migrate;
        for (Future<Answer> each : callers.invokeAll(Collections.nCopies(AT_A_TIME, migrate))) {
            these.add(each.get());
        }
        answers.addAll(these);
        return these;
    }

    private Answer migrate() throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(RawCalls.call(RawCalls.LENGTH) + RawCalls.BODY);
            return caller.read();
        }
    }
}
