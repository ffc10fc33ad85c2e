package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a supervisor is told that can only run a command. */
final class HealthCommandTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer management;

    @BeforeEach
    void start() throws IOException {
        management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        management.start();
    }

    @AfterEach
    void stop() {
        management.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"200, 0, ' says: ready'", "503, 1, ' says: not ready (status 503)'", "302, 1, (status 302)"})
    void the_status_of_the_answer_is_the_exit_status(int status, int exit, String told) {
        management.createContext("/actuator/health/readiness", asked -> {
            asked.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            asked.sendResponseHeaders(status, -1);
            asked.close();
        });

        CommandRun run = CommandRun.of("health", "--url=" + url());

        assertThat(run.status()).isEqualTo(exit);
        assertThat(exit == 0 ? run.out() : run.err())
                .startsWith(url())
                .contains(told)
                .hasLineCount(1);
    }

    @Test
    void a_gateway_that_does_not_answer_is_not_ready() {
        String url = url();
        management.stop(0);

        CommandRun run = CommandRun.of("health", "--url=" + url);

        assertThat(run.err()).startsWith(url + " does not answer: ").hasLineCount(1);
        assertThat(run.status()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--url=file:/etc/hosts", "--url=localhost", "--timeout=0"})
    void what_cannot_be_asked_is_not_understood(String option) {
        assertThat(CommandRun.of("health", option).status()).isEqualTo(2);
    }

    private String url() {
        return "http://127.0.0.1:" + management.getAddress().getPort() + "/actuator/health/readiness";
    }
}
