package dev.sallyport.gateway;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.ShippedJar.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped jars by their command line: the walk of the demo. */
@Timeout(180)
class DemoIT {
    /** The line of the log within a step, of which no other step's number is part. */
    private static final Pattern FINDING =
            Pattern.compile("X-Sandbox-Fault: (\\S+)\\R(?:(?! *\\d+  ).*\\R)*? *the log +(.*)");

    @TempDir
    Path folder;

    @Test
    void every_step_of_the_demo_goes_as_announced() throws Exception {
        Run run = ShippedJar.run(
                folder,
                "demo",
                "--once",
                "--port=" + freePort(),
                "--management-port=" + freePort(),
                "--sandbox-port=" + freePort());

        assertThat(run.output()).contains("24 of 24 steps went as announced.");
        assertThat(run.status()).isZero();
        assertThat(findings(run.output()))
                .as("what the log says of each reply that was refused")
                .containsExactly(
                        entry("wrong-key", "/session_jwt bad_signature"),
                        entry("alg-none", "/session_jwt wrong_algorithm"),
                        entry("expired", "/session_jwt expired"),
                        entry("wrong-subject", "subject-is-user"),
                        entry("missing-field", "/user_id required"),
                        entry("wrong-type", "/user type"),
                        entry("not-json", "json"));
    }

    /** By the fault that the sandbox was asked for. */
    private static List<Map.Entry<String, String>> findings(String output) {
        List<Map.Entry<String, String>> findings = new ArrayList<>();
        Matcher finding = FINDING.matcher(output);
        while (finding.find()) {
            findings.add(entry(finding.group(1), finding.group(2)));
        }
        return findings;
    }

    @Test
    void a_reader_who_leaves_ends_the_demo_and_all_that_it_started() throws Exception {
        int port = freePort();
        int sandboxPort = freePort();
        String[] options = {"--port=" + port, "--management-port=" + freePort(), "--sandbox-port=" + sandboxPort};
        try (var demo = ShippedJar.startRead(folder, "demo", options[0], options[1], options[2])) {
            assertThat(demo.readLines(12)).contains("passed");

            demo.stopReading();

            assertThat(demo.status()).as("128 and SIGPIPE").isEqualTo(141);
            assertThat(isOpen(port)).isFalse();
            assertThat(isOpen(sandboxPort)).isFalse();
        }
    }

    @Test
    void told_to_end_in_the_middle_of_its_start_it_ends_without_a_word_and_leaves_nothing() throws Exception {
        int sandboxPort = freePort();
        try (var demo = ShippedJar.start(
                folder,
                "demo",
                "--port=" + freePort(),
                "--management-port=" + freePort(),
                "--sandbox-port=" + sandboxPort)) {
            demo.writtenOnce(text -> text.contains("Starting the gateway on"));

            demo.terminate();
            Run run = demo.ended();

            assertThat(run.status()).as("128 and SIGTERM").isEqualTo(143);
            assertThat(run.output()).hasLineCount(2);
            assertThat(isOpen(sandboxPort)).isFalse();
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Below those that the system hands out: there a server of another test may take the port before the demo does. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(20_000, 30_000)
                .filter(port -> !isOpen(port))
                .findFirst()
                .orElseThrow();
    }
}
