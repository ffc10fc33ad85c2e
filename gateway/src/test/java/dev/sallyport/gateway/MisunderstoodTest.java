package dev.sallyport.gateway;

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
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | there is no command 'sallyport nonsense' | sallyport",
                "chek --pipelines | there is no command 'sallyport chek' | sallyport",
                "--nonsense | Unknown option: '--nonsense' | sallyport",
                "help nonsense | there is no command 'sallyport nonsense' | sallyport",
                "help check nonsense | there is no command 'sallyport check nonsense' | sallyport check",
                "version please | Unmatched argument at index 1: 'please' | sallyport version",
                "check nonsense | neither an option nor a property: nonsense | sallyport check",
                "check --nonsense | neither an option nor a property: --nonsense | sallyport check",
                "check --sallyport.deadline 5s | a property takes its value behind an equals sign: --sallyport.deadline=VALUE | sallyport check",
                "run --pipelines | neither an option nor a property: --pipelines | sallyport run",
                "check --config | Missing required parameter for option '--config' (FILE) | sallyport check",
                "check --config= | settings file  cannot be read: its name is empty | sallyport check",
                "check --config @/none.yml | settings file @/none.yml cannot be read: no such file | sallyport check",
                "run --config @/none.yml | settings file @/none.yml cannot be read: no such file | sallyport run",
                "run --config @/folder.yml | settings file @/folder.yml cannot be read: it is a folder | sallyport run",
                "run --config /dev/null | settings file /dev/null cannot be read: it is no regular file | sallyport run",
                "run --config @/sallyport.conf | the name of a settings file ends in .yml or .yaml, unlike @/sallyport.conf | sallyport run",
            })
    void it_is_told_in_a_line_with_the_command_whose_help_says_more(String arguments, String told, String command) {
        var err = new StringWriter();

        int status = Cli.run(
                new PrintWriter(err),
                Stream.of(arguments.split(" ", -1)).map(this::inFolder).toArray(String[]::new));

        assertThat(err.toString().lines())
                .containsExactly("sallyport: " + inFolder(told), "Try '" + command + " --help'.");
        assertThat(status).isEqualTo(2);
    }

    private String inFolder(String text) {
        return text.replace("@", folder.toString());
    }
}
