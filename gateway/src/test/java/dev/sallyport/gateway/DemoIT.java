package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped jars by their command line: the walk of the demo, and what {@code check} says of what is broken. */
@Timeout(180)
class DemoIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String JAR = System.getProperty("app.jar");

    @TempDir
    Path folder;

    private record Run(int status, String output) {}

    @Test
    void every_step_of_the_demo_goes_as_announced() throws Exception {
        Run run = run(
                "demo",
                "--once",
                "--port=" + freePort(),
                "--management-port=" + freePort(),
                "--sandbox-port=" + freePort());

        assertThat(run.output()).contains("24 of 24 steps went as announced.");
        assertThat(run.status()).isZero();
    }

    @Test
    void check_is_content_with_the_built_in_pack() throws Exception {
        Run run = run("check", "--sallyport.provider.base-url=http://127.0.0.1:1");

        assertThat(run.output()).contains("settings: fine", "contracts: fine (pack stytch: 17 operations, ");
        assertThat(run.status()).isZero();
    }

    @Test
    void check_names_the_place_of_a_wrong_setting_and_the_nearest_key_to_an_unknown_one() throws Exception {
        Path settings = folder.resolve("broken.yml");
        Files.writeString(settings, """
                sallyport:
                  deadline: 5m
                  provider:
                    base-ulr: http://127.0.0.1:1
                """);

        Run run = run("check", "--config", settings.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains("broken.yml:4:15: sallyport.provider.base-ulr", "did you mean sallyport.provider.base-url?");
    }

    @Test
    void check_names_the_file_of_a_broken_pack() throws Exception {
        Path pack = Files.createDirectory(folder.resolve("pack"));
        Files.writeString(
                pack.resolve("catalog.yml"), "description: x\nerror-url: y\noperations:\n  a:\n    path: /a\n");

        Run run = run("check", "--sallyport.provider.base-url=http://127.0.0.1:1", "--sallyport.provider.pack=" + pack);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("catalog.yml at line ", "method is missing");
    }

    @Test
    void a_missing_settings_file_is_a_usage_error() throws Exception {
        Run run = run("run", "--config", folder.resolve("none.yml").toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains("No settings file can be read at ");
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-jar", JAR));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
