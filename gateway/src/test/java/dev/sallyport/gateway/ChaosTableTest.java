package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever becomes of the provider, a call that must not be made twice is answered with the truth and in time, reaches the
 * provider once at most, can be found in the log with its cause, and leaves nothing behind.
 */
@Timeout(120)
final class ChaosTableTest {
    private static final Pattern ID = Pattern.compile("\"request_id\":\"([^\"]+)\"");

    private static Sandbox sandbox;
    private static FaultProxy proxy;
    private static TestGateway gateway;
    private static LogCapture log;

    private Resources before;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(50));
        proxy = new FaultProxy(sandbox.baseUrl());
        gateway = TestGateway.inFrontOf(
                proxy.baseUrl(), "--sallyport.deadline=2s", "--sallyport.rate-limits.follow-provider=false");
        Waiting.until("a first call in time", () -> migrate().status() == 200);
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() throws IOException {
        log.close();
        gateway.close();
        proxy.close();
        sandbox.close();
    }

    /** The first call makes what stays: a connection, its loop's buffers, the keys. */
    @BeforeEach
    void calls_are_answered() throws IOException {
        proxy.becomes(ProviderFault.NONE);
        assertIsAnswered();
        log.taken();
        proxy.becomes(ProviderFault.NONE);
        before = Resources.of(gateway);
    }

    @AfterEach
    void nothing_is_left_behind() throws IOException {
        proxy.becomes(ProviderFault.NONE);
        before.areGivenBack();
        assertIsAnswered();
    }

    @ParameterizedTest
    @EnumSource
    void a_call_is_answered_with_the_truth(ProviderFault fault) throws IOException {
        proxy.becomes(fault);

        Answer answer = migrate();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(fault.status());
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo(fault.reason());
        assertThat(proxy.reached()).as("calls that the provider got").isEqualTo(fault.reached());
        if (!fault.reason().isEmpty()) {
            assertThat(logged(answer)).containsIgnoringCase(fault.cause());
        }
    }

    /** The lines that name the call by the id that its caller got. */
    private static String logged(Answer answer) {
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return Waiting.until("the line of " + id.group(1), log::taken, text -> text.contains(id.group(1)))
                .toLowerCase(Locale.ROOT);
    }

    private static void assertIsAnswered() throws IOException {
        assertThat(migrate().status()).isEqualTo(200);
    }

    private static Answer migrate() throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(RawCalls.call(RawCalls.LENGTH) + RawCalls.BODY);
            return caller.read();
        }
    }
}
