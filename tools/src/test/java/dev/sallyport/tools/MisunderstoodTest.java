package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line, in a line, and where the rest stands; {@code @} is a folder with some files. */
final class MisunderstoodTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(folder.resolve("folder.yml"));
        Files.writeString(folder.resolve("sallyport.conf"), "sallyport: {}");
        Files.writeString(folder.resolve("calls.ndjson"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | there is no command 'sallyport nonsense' | sallyport",
                "--nonsense | Unknown option: '--nonsense' | sallyport",
                "help nonsense | there is no command 'sallyport nonsense' | sallyport",
                "help contracts nonsense | there is no command 'sallyport contracts nonsense' | sallyport contracts",
                "contracts nonsense | there is no command 'sallyport contracts nonsense' | sallyport contracts",
                "contracts | a command is missing after 'sallyport contracts': diff or export or import or openapi or replay | sallyport contracts",
                "contracts replay | Missing required parameter: 'CAPTURE' | sallyport contracts replay",
                "contracts replay @/none | capture @/none cannot be read: no such file | sallyport contracts replay",
                "contracts replay @/folder.yml | capture @/folder.yml cannot be read: it is a folder | sallyport contracts replay",
                "contracts replay @/calls.ndjson --limit 0 | --limit must be at least 1, was 0 | sallyport contracts replay",
                "contracts replay @/calls.ndjson --limit x | Invalid value for option '--limit': 'x' is not a long | sallyport contracts replay",
                "contracts replay @/calls.ndjson --config @/none.yml | settings file @/none.yml cannot be read: no such file | sallyport contracts replay",
                "contracts replay @/calls.ndjson more | Unmatched argument at index 3: 'more' | sallyport contracts replay",
                "contracts replay @/calls.ndjson --no | Unknown option: '--no' | sallyport contracts replay",
                "contracts import @/none --outline | document @/none cannot be read: no such file | sallyport contracts import",
                "contracts import @/folder.yml --outline | document @/folder.yml cannot be read: it is a folder | sallyport contracts import",
                "contracts import @/calls.ndjson --into @ | @ is not empty; --force writes into it all the same | sallyport contracts import",
                "contracts import @/calls.ndjson --into @/sallyport.conf | @/sallyport.conf is a file | sallyport contracts import",
                "contracts import | Missing required parameter: 'OPENAPI' | sallyport contracts import",
                "contracts replay @/calls.ndjson --config= | settings file  cannot be read: its name is empty | sallyport contracts replay",
                "contracts replay @/calls.ndjson --config @/sallyport.conf | the name of a settings file ends in .yml or .yaml, unlike @/sallyport.conf | sallyport contracts replay",
            })
    void it_is_told_in_a_line_with_the_command_whose_help_says_more(String arguments, String told, String command) {
        var err = new StringWriter();

        int status = ToolsCli.line()
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments.split(" ", -1)).map(this::inFolder).toArray(String[]::new));

        assertThat(err.toString().lines())
                .containsExactly("sallyport: " + inFolder(told), "Try '" + command + " --help'.");
        assertThat(status).isEqualTo(2);
    }

    private String inFolder(String text) {
        return text.replace("@", folder.toString());
    }
}
