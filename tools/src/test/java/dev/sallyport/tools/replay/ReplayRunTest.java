package dev.sallyport.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.replay.ReplayRun.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReplayRunTest {
    private static final ContractCatalog CATALOG = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));
    private static final String GOOD = line("{'session_token':'~string:22#1~','session_duration_minutes':60}");
    private static final String SHORT = line("{'session_token':'~string:22#1~','session_duration_minutes':1}");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void what_would_be_refused_is_counted_by_its_place_with_the_first_line() throws IOException {
        int status = run(file(GOOD, SHORT, "", SHORT), new Options(false, 100));

        assertThat(status).isEqualTo(1);
        assertThat(printed(out)).isEqualToNormalizingNewlines("""
                3 calls against pack stytch: 2 would be refused

                   calls  refused  operation
                       3        2  sessions.migrate

                   times  first line  broken
                       2           2  sessions.migrate request minimum, at \
                definitions/request-fields.schema.json#/$defs/duration/minimum
                """);
        assertThat(printed(err)).isEmpty();
    }

    @Test
    void nothing_to_refuse_is_a_zero() throws IOException {
        int status = run(file(GOOD, GOOD), new Options(false, 100));

        assertThat(status).isZero();
        assertThat(printed(out)).startsWith("2 calls against pack stytch: none would be refused");
    }

    @Test
    void a_line_that_cannot_be_read_is_told_and_the_run_goes_on() throws IOException {
        int status = run(file("s3cr3t", GOOD, "{}", SHORT, "{\"operation\":1e99999999999}"), new Options(false, 100));

        assertThat(status).isEqualTo(1);
        assertThat(printed(out))
                .startsWith("2 calls")
                .contains(
                        "3 lines could not be read:",
                        "line 1 is not JSON",
                        "line 3 is no captured call",
                        "line 5 has a number that is out of all bounds")
                .doesNotContain("s3cr3t");
    }

    @Test
    void it_stops_after_as_many_calls_as_were_asked_for() throws IOException {
        assertThat(run(file(GOOD, GOOD, SHORT), new Options(false, 2))).isZero();
        assertThat(printed(out)).startsWith("2 calls");
    }

    @Test
    void a_packed_file_is_unpacked() throws IOException {
        assertThat(run(packed(Integer.MAX_VALUE, GOOD, SHORT), new Options(false, 100)))
                .isEqualTo(1);
        assertThat(printed(out)).startsWith("2 calls");
    }

    @Test
    void a_file_that_cannot_be_read_to_its_end_or_has_no_call_in_it_is_a_two() throws IOException {
        assertThat(run(folder.resolve("none"), new Options(false, 100))).isEqualTo(2);
        assertThat(run(packed(60, GOOD, SHORT), new Options(false, 100))).isEqualTo(2);
        assertThat(run(file("no", "capture"), new Options(false, 100))).isEqualTo(2);
        assertThat(printed(err)).contains("cannot be read");
    }

    @Test
    void an_empty_file_is_no_sign_that_nothing_would_be_refused() throws IOException {
        assertThat(run(file(), new Options(false, 100))).isEqualTo(1);
        assertThat(printed(out))
                .isEqualToNormalizingNewlines("0 calls against pack stytch: there was nothing to replay\n");
    }

    @Test
    void a_machine_gets_the_same() throws IOException {
        int status = run(file(GOOD, SHORT, "{"), new Options(true, 100));

        JsonNode report = new JsonMapper().readTree(printed(out));
        assertThat(status).isEqualTo(1);
        assertThat(report.get("calls").asInt()).isEqualTo(2);
        assertThat(report.get("refused").asInt()).isEqualTo(1);
        assertThat(report.get("unreadable_lines").asInt()).isEqualTo(1);
        assertThat(report.at("/operations/0/operation").asString()).isEqualTo("sessions.migrate");
        assertThat(report.at("/broken/0/direction").asString()).isEqualTo("request");
        assertThat(report.at("/broken/0/keyword").asString()).isEqualTo("minimum");
        assertThat(report.at("/broken/0/first_line").asInt()).isEqualTo(2);
        assertThat(report.at("/unreadable/0/line").asInt()).isEqualTo(3);
    }

    private int run(Path file, Options options) {
        return new ReplayRun(stream(out), stream(err), false).of(file, "stytch", CATALOG, options);
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("capture.ndjson"), text(lines));
    }

    private Path packed(int length, String... lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(bytes)) {
            packing.write(text(lines).getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = bytes.toByteArray();
        return Files.write(folder.resolve("capture.gz"), Arrays.copyOf(all, Math.min(length, all.length)));
    }

    private static String text(String... lines) {
        return lines.length == 0 ? "" : String.join("\n", lines) + "\n";
    }

    private static String line(String request) {
        String line = "{'version':1,'operation':'sessions.migrate','request':{'json':" + request + "},'reply':null}";
        return line.replace('\'', '"');
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String printed(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
