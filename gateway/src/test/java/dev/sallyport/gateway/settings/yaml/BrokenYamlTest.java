package dev.sallyport.gateway.settings.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.settings.problem.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.FileSystemResource;

final class BrokenYamlTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: *s3cr3t            | 1:4 | an alias or a tag",
                "a: !s!s3cr3t x        | 1:4 | an alias or a tag",
                "a: !!s3cr3t x         | 1:4 | an alias or a tag",
                "a: [s3cr3t            | 1:11 | expected ',' or ']'",
                "s3cr3t: a: b          | 1:10 | mapping values are not allowed here",
                "a: \"\\xs3cr3t\"      | 1:7 | hexadecimal",
            })
    void broken_yaml_is_told_with_its_place_and_nothing_of_its_text(String text, String place, String words)
            throws IOException {
        Path file = Files.writeString(folder.resolve("sallyport.yml"), text);

        assertThatThrownBy(() -> new SettingsYaml().load("settings", new FileSystemResource(file)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("sallyport.yml:" + place + ": is not YAML: ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("s3");
    }
}
