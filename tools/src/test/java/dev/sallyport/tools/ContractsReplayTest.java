package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command's exit status, and where it takes the pack from; what it prints of a capture is another test's. */
final class ContractsReplayTest {
    private static final String CALL =
            "{'version':1,'operation':'sessions.migrate','request':{'json':{'session_token':'~string:22#1~',"
                    + "'session_duration_minutes':%d}},'reply':null}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private String capture;

    /** A run's exit status, and what it said was wrong. */
    private record Told(int status, String err) {}

    @BeforeEach
    void write() throws IOException {
        String lines = String.format(CALL, 60) + String.format(CALL, 60) + String.format(CALL, 1);
        capture = Files.writeString(folder.resolve("calls.ndjson"), lines.replace('\'', '"'))
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "--limit 2, 0",
        "--json, 1",
        "--pack stytch, 1",
        "--limit 0, 2",
    })
    void the_status_says_what_was_found(String options, int status) {
        assertThat(run(options.split(" ")).status()).isEqualTo(status);
    }

    @Test
    void a_pack_that_is_not_there_is_told_in_a_line() {
        Told told = run("--pack", "no-such-pack");

        assertThat(told.status()).isOne();
        assertThat(told.err())
                .isEqualToIgnoringNewLines(
                        "no-such-pack: is neither a built-in contract pack nor a folder with a catalog.yml");
    }

    @Test
    void the_pack_is_the_one_that_the_settings_name() throws IOException {
        Told told = run("--config", settings("sallyport: { provider: { pack: of-the-settings } }"));

        assertThat(told.status()).isOne();
        assertThat(told.err()).startsWith("of-the-settings: is neither");
    }

    @Test
    void the_command_line_names_another_than_the_settings() throws IOException {
        String settings = settings("sallyport: { provider: { pack: '${PACK}' } }");

        assertThat(run("--config", settings, "--pack", "stytch", "--limit", "1").status())
                .isZero();
    }

    @Test
    void how_deep_bodies_may_nest_is_taken_from_the_settings() throws IOException {
        String settings = settings("sallyport: { request: { max-depth: 4 } }");
        String deep = "{'version':1,'operation':'sessions.migrate','request':{'json':{'session_token':'~string:22#1~',"
                + "'more':[[[[1]]]]}},'reply':null}\n";
        Files.writeString(Path.of(capture), deep.replace('\'', '"'));

        assertThat(run("--config", settings).status()).isOne();
        assertThat(run("--pack", "stytch").status()).isZero();
    }

    @Test
    void a_settings_file_from_which_no_pack_can_be_taken_is_told_in_a_line() throws IOException {
        String settings = settings("sallyport:\n  provider:\n    pack: ${PACK}\n");

        Told told = run("--config", settings);

        assertThat(told.status()).isOne();
        assertThat(told.err())
                .isEqualToIgnoringNewLines(
                        settings + ":3:11: sallyport.provider.pack: has a placeholder, which only the"
                                + " gateway resolves; name the pack with --pack, without --config");
    }

    private String settings(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.yml"), text).toString();
    }

    private Told run(String... options) {
        var err = new StringWriter();
        int status = ToolsCli.line()
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("contracts", "replay", capture), Stream.of(options))
                        .toArray(String[]::new));
        return new Told(status, err.toString());
    }
}
