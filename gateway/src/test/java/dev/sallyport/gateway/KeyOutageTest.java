package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.KeyRun.Figures;
import dev.sallyport.sandbox.Fixtures;
import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import dev.sallyport.sandbox.fault.JwksFault;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the provider's published keys while calls go on. Keys are due every second here. */
@Timeout(120)
final class KeyOutageTest {
    private static Sandbox sandbox;
    private static TestGateway gateway;
    private static KeyRun run;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults().withPresigned(20));
        gateway = TestGateway.inFrontOf(
                sandbox.baseUrl(),
                "--sallyport.provider.projects[0].id=" + Fixtures.CONSUMER_PROJECT_ID,
                "--sallyport.session-token.jwks.refresh=1s",
                "--sallyport.session-token.jwks.timeout=3s");
        run = new KeyRun(sandbox, gateway);
    }

    @AfterAll
    static void stop() {
        run.close();
        gateway.close();
        sandbox.close();
    }

    @BeforeEach
    void nothingIsWrong() throws Exception {
        sandbox.jwksFault(JwksFault.NONE);
        Waiting.until(
                "good keys", () -> failuresInARow(run.managed("/actuator/keys").body()) == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "DOWN, bad_status",
        "GARBAGE, wrong_media_type",
        "HTML_MEDIA_TYPE, wrong_media_type",
        "EMPTY, no_signing_key",
        "ENCRYPTION_ONLY, no_signing_key",
        "HUGE, too_large",
        "HANG, timed_out",
    })
    void while_published_keys_are_of_no_use_the_last_good_ones_serve(JwksFault fault, String reason) throws Exception {
        sandbox.jwksFault(fault);
        Figures figures = run.whileCalling(
                "published keys are " + fault.wireName(),
                run::migrate,
                KeyRun.after(Duration.ofMillis(500), () -> isRefused(reason)));

        assertThat(figures.failures()).isZero();
        assertThat(figures.fetches()).isBetween(1L, 4 + 3 * figures.took().toSeconds());
    }

    @Test
    void slow_keys_slow_no_call_down() throws Exception {
        sandbox.jwksFault(JwksFault.SLOW);
        var enough = KeyRun.after(Duration.ofSeconds(3));

        Figures figures = run.whileCalling("published keys are slow", run::migrate, enough);

        assertThat(figures.failures()).isZero();
        assertThat(figures.fetches()).isBetween(1L, 2 + figures.took().toSeconds());
    }

    @Test
    void a_key_that_is_rotated_in_while_keys_are_slow_is_waited_for() throws Exception {
        sandbox.jwksFault(JwksFault.SLOW);
        sandbox.rotateKeys(Fixtures.CONSUMER_PROJECT_ID);

        Figures figures = run.whileCalling("rotated while slow", run::migrate, KeyRun.after(Duration.ofMillis(500)));

        assertThat(figures.failures()).isZero();
        assertThat(figures.calls()).isPositive();
    }

    private static int failuresInARow(String keys) {
        Matcher first = Pattern.compile("\"operation\":\"sessions.jwks\".*?\"failuresInARow\":(\\d+)")
                .matcher(keys);
        return first.find() ? Integer.parseInt(first.group(1)) : -1;
    }

    private static boolean isRefused(String reason) {
        try {
            String keys = run.managed("/actuator/keys").body();
            return failuresInARow(keys) > 0 && keys.contains("\"lastRefusal\":\"" + reason + "\"");
        } catch (java.io.IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
