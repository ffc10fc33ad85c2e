package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.ShippedJar.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shipped jar by its command line: what it says, and the status that it ends with. What needs neither a process, nor a
 * working folder, nor the jars beside it, {@code CommandLineTest} asks in this one.
 */
@Timeout(180)
class CommandLineIT {
    private static final String PROVIDER = "--sallyport.provider.base-url=http://127.0.0.1:1";

    @TempDir
    Path folder;

    @Test
    void version_says_which() throws Exception {
        Run run = ShippedJar.run(ShippedJar.PATH, folder, "version");

        assertThat(run.output()).matches("sallyport \\d\\S* \\(commit \\S+, built \\S+, Java \\S+\\)\\R");
        assertThat(run.status()).isZero();
    }

    @Test
    void help_names_every_command() throws Exception {
        Run run = run("help");

        assertThat(run.output()).contains("run", "check", "contracts", "demo", "sandbox", "version", "help");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "contracts", "contracts import", "contracts replay", "demo", "sandbox"})
    void every_command_says_what_it_takes_whichever_way_it_is_asked(String command) throws Exception {
        Run option = run((command + " --help").split(" ", -1));
        Run verb = run(("help " + command).split(" ", -1));

        assertThat(option.output()).startsWith("Usage: sallyport " + command + " ");
        assertThat(option.status()).isZero();
        assertThat(verb).isEqualTo(option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "help contracts nonsense",
                "contracts import",
                "contracts replay none --limit many",
                "sandbox --nonsense",
                "demo --port many"
            })
    void what_is_not_understood_is_told_in_a_line_with_the_way_to_help(String arguments) throws Exception {
        Run run = run(arguments.split(" ", -1));

        assertThat(run.output())
                .startsWith("sallyport: ")
                .contains("Try 'sallyport ")
                .hasLineCount(2);
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "run --config binary.yml, 1, 'binary.yml: is not YAML: it has a character that may not be there'",
        "contracts import empty.yml --into pack, 1, empty.yml",
        "contracts import binary.yml --into pack, 1, binary.yml",
        "contracts replay empty.yml, 1, ''",
        "contracts replay binary.yml, 2, ''",
    })
    void a_file_with_nothing_or_with_no_text_in_it_is_told_in_a_line(String arguments, int status, String start)
            throws Exception {
        Files.writeString(folder.resolve("empty.yml"), "");
        Files.write(folder.resolve("binary.yml"), new byte[] {(byte) 0xff, 0, 1, 2, (byte) 0xfe, 0x7f, 0});

        Run run = run(arguments.split(" ", -1));

        assertThat(run.output()).startsWith(start).doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(status);
    }

    @Test
    void without_a_command_the_usage_is_printed() throws Exception {
        Run run = run();

        assertThat(run.output()).startsWith("Usage: sallyport");
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run", "contracts replay calls.ndjson"})
    void a_settings_file_of_another_kind_is_refused_by_its_name(String arguments) throws Exception {
        Files.writeString(folder.resolve("calls.ndjson"), "");
        Files.writeString(folder.resolve("sallyport.conf"), "sallyport: {}");

        Run run = run((arguments + " --config sallyport.conf").split(" ", -1));

        assertThat(run.output())
                .startsWith("sallyport: the name of a settings file ends in .yml or .yaml, unlike sallyport.conf")
                .doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run", "contracts replay calls.ndjson"})
    void a_settings_file_that_is_not_yaml_is_named_with_the_place(String arguments) throws Exception {
        Files.writeString(folder.resolve("calls.ndjson"), "");
        Files.writeString(folder.resolve("sallyport.yml"), "sallyport:\n  provider:\n    base-url: x\n   - y\n");

        Run run = run(arguments.split(" ", -1));

        assertThat(run.output()).startsWith("sallyport.yml:4:4: is not YAML: ").doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.yml", "config/application.yaml"})
    void a_broken_file_of_springs_in_the_working_folder_is_named(String name) throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve(name), "server:\n  port: 1\n port: 2\n");

        for (String verb : new String[] {"check", "run"}) {
            Run run = run(verb, PROVIDER);

            assertThat(run.output()).startsWith(name + ":3:2: is not YAML: ").hasLineCount(1);
            assertThat(run.status()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "contracts import none.yml --into pack, none.yml",
        "contracts replay none.ndjson, none.ndjson",
        "check --config none.yml, none.yml",
        "run --config none.yml, none.yml",
    })
    void a_file_that_is_not_there_is_named(String arguments, String file) throws Exception {
        Run run = run(arguments.split(" ", -1));

        assertThat(run.output()).contains(file).doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(2);
        assertThat(folder.resolve("pack")).doesNotExist();
    }

    @Test
    void check_is_content_with_the_built_in_pack() throws Exception {
        Run run = ShippedJar.run(ShippedJar.PATH, folder, "check", PROVIDER);

        assertThat(run.output()).contains("settings: fine", "contracts: fine (pack stytch: 20 operations, ");
        assertThat(run.status()).isZero();
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        return ShippedJar.run(folder, arguments);
    }
}
