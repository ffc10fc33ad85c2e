package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process that traces nothing loads, in a JVM of its own, which writes down every class: no more than two of Micrometer's
 * interfaces, of which nothing is made.
 */
@Timeout(180)
final class TracesOffTest {
    private static final Pattern PORT = Pattern.compile("serves on port (\\d+)");
    /** Interfaces that Spring's conditions ask for by name. */
    private static final List<String> ASKED_FOR =
            List.of("io.micrometer.tracing.Tracer", "io.micrometer.tracing.BaggageManager");

    private static final List<String> LIBRARIES = List.of(" io.opentelemetry.", " io.micrometer.tracing.otel.");

    @TempDir
    private Path folder;

    @Test
    void a_gateway_that_traces_nothing_loads_nothing_for_it() throws Exception {
        List<String> loaded = loaded("--sallyport.tracing.enabled=false");

        assertThat(loaded).anyMatch(line -> line.contains("dev.sallyport.gateway.trace.Tracing "));
        assertThat(loaded).filteredOn(TracesOffTest::isOfLibraries).isEmpty();
        assertThat(loaded)
                .filteredOn(line -> line.contains(" io.micrometer.tracing."))
                .extracting(line -> line.replaceAll(".* (io\\.micrometer\\.tracing\\.\\S+) .*", "$1"))
                .isSubsetOf(ASKED_FOR);
    }

    @Test
    void one_that_traces_does() throws Exception {
        List<String> loaded = loaded("--sallyport.tracing.enabled=true");

        assertThat(loaded).filteredOn(TracesOffTest::isOfLibraries).hasSizeGreaterThan(50);
    }

    private static boolean isOfLibraries(String line) {
        return LIBRARIES.stream().anyMatch(line::contains);
    }

    /** Every class, by when a gateway has answered a call. */
    private List<String> loaded(String setting) throws IOException, InterruptedException {
        Path classes = folder.resolve("classes.log");
        Path output = folder.resolve("output.log");
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=" + classes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SallyportApplication.class.getName(),
                        "run",
                        "--server.port=0",
                        "--management.server.port=0",
                        "--sallyport.provider.base-url=http://127.0.0.1:1",
                        setting)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(150))
                    .until(() -> port(output).findFirst().isPresent());
            try (var caller = new RawHttp(port(output).findFirst().orElseThrow())) {
                caller.send(RawCalls.call("Content-Length: 2") + "{}");
                assertThat(caller.read().status()).isEqualTo(400);
            }
            return Files.readAllLines(classes);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
    }

    private static Stream<Integer> port(Path output) throws IOException {
        return PORT.matcher(Files.readString(output))
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)));
    }
}
