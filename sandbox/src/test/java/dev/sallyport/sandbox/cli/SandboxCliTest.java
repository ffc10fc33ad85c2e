package dev.sallyport.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sandbox.Sandbox;
import dev.sallyport.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SandboxCliTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = SandboxCli.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void help_names_the_verbs() {
        assertThat(run("help")).isZero();
        assertThat(out.toString()).contains("sandbox", "version", "help");
    }

    @Test
    void version_says_which() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("Sallyport sandbox ");
    }

    @Test
    void without_a_verb_the_usage_is_printed() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage:");
    }

    @Test
    void a_taken_port_is_a_clear_error() {
        try (Sandbox first = Sandbox.start(SandboxOptions.defaults())) {
            int status = run("sandbox", "--port", String.valueOf(first.port()));

            assertThat(status).isEqualTo(1);
            assertThat(err.toString()).startsWith("sallyport: cannot listen on 127.0.0.1:" + first.port());
            assertThat(err.toString().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox --nonsense, Unknown option: '--nonsense', sallyport sandbox",
        "sandbox --port many, Invalid value for option '--port': 'many' is not an int, sallyport sandbox",
        "demo --gateway=pom.xml --port 99999, 'a port must be between 1 and 65535, was 99999', sallyport demo",
        "nonsense, Unmatched argument at index 0: 'nonsense', sallyport",
    })
    void what_is_not_understood_is_told_in_a_line(String arguments, String told, String command) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().lines()).containsExactly("sallyport: " + told, "Try '" + command + " --help'.");
    }

    @Test
    void a_port_that_cannot_be_is_told_before_one_that_is_taken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String sandboxPort = "--sandbox-port=" + taken.getLocalPort();

            assertThat(run("demo", "--gateway=pom.xml", sandboxPort, "--port=99999"))
                    .isEqualTo(2);
        }
        assertThat(err.toString()).startsWith("sallyport: a port must be between 1 and 65535, was 99999");
    }

    @Test
    void a_value_that_cannot_be_is_a_usage_error() {
        assertThat(run("sandbox", "--presigned", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("presigned is -1");
    }
}
