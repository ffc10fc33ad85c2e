package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's own commands: what they say, and the status that they end with. */
@Timeout(180)
final class CommandLineTest {
    private static final String PROVIDER = "--sallyport.provider.base-url=http://127.0.0.1:1";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "key", "prepare", "health", "version", "help"})
    void every_command_says_what_it_takes_whichever_way_it_is_asked(String command) {
        CommandRun option = CommandRun.of(command, "--help");
        CommandRun verb = CommandRun.of("help", command);

        assertThat(option.out()).startsWith("Usage: sallyport " + command + " ");
        assertThat(option.err()).isEmpty();
        assertThat(option.status()).isZero();
        assertThat(verb).isEqualTo(option);
    }

    @Test
    void what_is_not_understood_is_told_in_a_line_with_the_way_to_help() {
        CommandRun run = CommandRun.of("run", "--nonsense");

        assertThat(run.err())
                .startsWith("sallyport: ")
                .contains("Try 'sallyport ")
                .hasLineCount(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "empty.yml, 'sallyport.provider.base-url: must be a URL'",
        "binary.yml, 'binary.yml: is not YAML: it has a character that may not be there'",
    })
    void check_tells_of_a_file_with_nothing_or_with_no_text_in_it_in_a_line(String name, String told) throws Exception {
        Files.writeString(folder.resolve("empty.yml"), "");
        Files.write(folder.resolve("binary.yml"), new byte[] {(byte) 0xff, 0, 1, 2, (byte) 0xfe, 0x7f, 0});

        CommandRun run = CommandRun.of("check", "--config", folder.resolve(name).toString());

        assertThat(run.err().replace(folder + "/", "")).startsWith(told).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void a_setting_of_springs_that_cannot_be_read_is_told_in_a_line(String verb) {
        CommandRun run = CommandRun.of(
                verb, PROVIDER, "--server.port=abc", "--management.server.port=def", "--logging.level.root=loud");

        assertThat(run.err())
                .contains("command line: server.port: must be a whole number, was abc")
                .contains("command line: management.server.port: must be a whole number, was def")
                .contains("command line: logging.level.root: must be trace or debug or info or warn or error")
                .hasLineCount(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void what_the_contract_pack_does_not_know_is_told_with_its_place(String verb) throws Exception {
        Path settings = Files.writeString(folder.resolve("sallyport.yml"), """
                sallyport:
                  provider:
                    base-url: http://127.0.0.1:1
                  contracts:
                    rules: { no-rule: report }
                    operations:
                      sessions.exchange_acces_token:
                        reply: off
                      sessions.migrate: { rules: { nothing: off } }
                  telemetry:
                    operations:
                      sessions.nope: off
                  deadlines: { sessions.never: 5s }
                """);

        CommandRun run = CommandRun.of(verb, "--config", settings.toString());

        assertThat(run.err())
                .contains(
                        "sallyport.yml:8:16: sallyport.contracts.operations.sessions.exchange_acces_token: is no operation")
                .contains("sallyport.yml:5:23: sallyport.contracts.rules.no-rule: is no rule")
                .contains(
                        "sallyport.yml:9:45: sallyport.contracts.operations.sessions.migrate.rules.nothing: is no rule")
                .contains("sallyport.yml:12:22: sallyport.telemetry.operations.sessions.nope: is no operation")
                .contains("sallyport.yml:13:32: sallyport.deadlines.sessions.never: is no operation");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void check_says_that_a_capture_could_not_be_written_and_leaves_none() {
        Path capture = folder.resolve("calls.ndjson");

        CommandRun gone = CommandRun.of("check", PROVIDER, "--sallyport.capture.file=gone/calls.ndjson");
        CommandRun fine = CommandRun.of("check", PROVIDER, "--sallyport.capture.file=" + capture);

        assertThat(gone.err())
                .isEqualToIgnoringNewLines("command line: sallyport.capture.file: must be a file that can be written"
                        + " (no such file or directory), was gone/calls.ndjson");
        assertThat(gone.out()).isEmpty();
        assertThat(gone.status()).isEqualTo(1);
        assertThat(fine.status()).isZero();
        assertThat(capture).doesNotExist();
    }

    @Test
    void check_names_the_place_of_a_wrong_setting_and_the_nearest_key_to_an_unknown_one() throws Exception {
        Path settings = Files.writeString(folder.resolve("broken.yml"), """
                sallyport:
                  deadline: 5m
                  provider:
                    base-ulr: http://127.0.0.1:1
                """);

        CommandRun run = CommandRun.of("check", "--config", settings.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("broken.yml:4:15: sallyport.provider.base-ulr", "did you mean sallyport.provider.base-url?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void the_file_and_the_place_in_a_broken_pack_are_named(String verb) throws Exception {
        Path pack = Files.createDirectory(folder.resolve("pack"));
        Files.writeString(
                pack.resolve("catalog.yml"), "description: x\nerror-url: y\noperations:\n  a:\n    path: /a\n");

        CommandRun run = CommandRun.of(verb, PROVIDER, "--sallyport.provider.pack=" + pack);

        assertThat(run.err()).contains("catalog.yml at line ", "method is missing");
        assertThat(run.out() + run.err()).doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void a_port_that_is_taken_is_told_with_the_way_out() throws Exception {
        try (var taken = new ServerSocket(0)) {
            String port = "--server.port=" + taken.getLocalPort();

            CommandRun run = CommandRun.of("run", PROVIDER, port, "--management.server.port=0");

            assertThat(run.err()).contains("sallyport: port " + taken.getLocalPort() + " is taken; choose another");
            assertThat(run.out() + run.err()).doesNotContain("\tat ");
            assertThat(run.status()).isEqualTo(1);
        }
    }

    @Test
    void check_tells_a_pack_that_extends_another_as_a_difference() throws Exception {
        Path pack = folder.resolve("pack");
        Files.createDirectories(pack.resolve("sessions.migrate"));
        Files.writeString(pack.resolve("catalog.yml"), """
                extends: stytch
                reported: { add: [subject-is-user] }
                """);
        Files.writeString(
                pack.resolve("sessions.migrate/request.schema.patch.json"),
                "{\"properties\":{\"session_duration_minutes\":{\"maximum\":60}}}");

        CommandRun run = CommandRun.of("check", PROVIDER, "--sallyport.provider.pack=" + pack);

        assertThat(run.out().lines())
                .contains(
                        "contracts: fine (pack " + pack + " over stytch: 20 operations, 0 examples)",
                        "  warning: loosened   /reported: has subject-is-user as well",
                        "  tightened  sessions.migrate/request.schema.json#/properties/session_duration_minutes/maximum:"
                                + " 60, was not said");
        assertThat(run.status()).isZero();
    }

    @Test
    void check_tells_what_a_pack_in_the_middle_loosens_and_which_examples_turn_out_otherwise() throws Exception {
        Path middle = Files.createDirectories(folder.resolve("middle"));
        Path top = Files.createDirectories(folder.resolve("top/debug.whoami"));
        Files.writeString(middle.resolve("catalog.yml"), "extends: stytch\nreported: { add: [project-as-called] }\n");
        Files.writeString(top.resolveSibling("catalog.yml"), "extends: ../middle\n");
        Files.writeString(top.resolve("reply.schema.patch.json"), "{\"properties\":{\"name\":{\"minLength\":100}}}");

        CommandRun run = CommandRun.of("check", PROVIDER, "--sallyport.provider.pack=" + top.getParent());

        assertThat(run.out().lines())
                .contains("  warning: loosened   /reported: has project-as-called as well")
                .anyMatch(line -> line.startsWith(
                        "contracts: fine (pack " + top.getParent() + " over " + middle + " over stytch"))
                .anyMatch(line -> line.matches("  otherwise  .*stytch/debug.whoami/examples/accepted/.*: must give no"
                        + " violation, gives reply /name minLength"))
                .anyMatch(line -> line.matches("  otherwise  \\d+ examples? more"));
        assertThat(run.status()).isZero();
    }
}
