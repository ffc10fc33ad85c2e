package dev.sallyport.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainStartTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void thereIsAFile() throws IOException {
        Files.writeString(folder.resolve("sallyport.yml"), "{}");
        Files.writeString(folder.resolve("sallyport.conf"), "{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --config=@/sallyport.yml",
                "run --config @/sallyport.yml",
                "run --a=b --config @/sallyport.yml --c=d",
                "run --config=@/sallyport.yml --server.port=0",
                "run --server.port=0 --config=@/sallyport.yml --debug=true",
                "run --server.port=0 --server.port=1",
                "run --sallyport.provider.base-url=https://test.stytch.com?a=b",
                "run --a=\"b\" --b='c' --c= --d==",
                "run --a=--config=x --b=@/sallyport.yml --configs=x --c=${x}",
            })
    void it_is_read_as_by_the_command_line(String line) {
        String[] arguments = inFolder(line);
        var commands = Cli.line(arguments);
        commands.parseArgs(arguments);
        Cli.Run run = requireNonNull(commands.getSubcommands().get("run")).getCommand();

        assertThat(PlainStart.arguments(arguments)).contains(run.settings.arguments());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "check --config=@/sallyport.yml",
                "run --config",
                "run --config --server.port=0",
                "run --config *arguments",
                "run --config=@/sallyport.yml --config @/sallyport.yml",
                "run --config @/none.yml",
                "run --config=@/none.yml",
                "run --config=@/sallyport.conf",
                "run --config=",
                "run --config=no\0path",
                "run --config=@/sallyport.yml --config=@/sallyport.yml",
                "run --help",
                "run --help=true",
                "run --version=true",
                "run -h",
                "run --server.port 0",
                "run --debug",
                "run server.port=0",
                "run --=0",
                "run -- --server.port=0",
                "run @/arguments",
                "--config=@/sallyport.yml run",
            })
    void what_is_not_plain_or_wrong_is_left_to_the_command_line(String line) {
        assertThat(PlainStart.arguments(inFolder(line))).isEmpty();
    }

    private String[] inFolder(String line) {
        return Stream.of(line.split(" ", -1))
                .map(argument -> argument.replace("@", folder.toString()).replace("*", "@"))
                .toArray(String[]::new);
    }
}
