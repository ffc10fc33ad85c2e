package dev.sallyport.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the texts, {@code ;} is a line feed. */
final class ReplaySettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sallyport:;  provider:;    pack: mine;  request:;    max-depth: 7",
                "sallyport.provider.pack: mine;sallyport.request.max-depth: 7",
                "sallyport.provider:;  pack: mine;sallyport:;  request.max-depth: 7",
                "sallyport:;  provider: {pack: 'mine'};sallyport.request: {max-depth: '7'}",
                "---;spring.config.import: other.yml;sallyport: {provider: &p {pack: mine}, request: {max-depth: 7}};other: *p",
                "{\"sallyport\": {\"provider\": {\"pack\": \"mine\"}, \"request\": {\"max-depth\": 7}}}",
            })
    void two_keys_are_read_however_they_are_nested(String text) throws IOException {
        assertThat(read(text)).isEqualTo(new ReplaySettings("mine", 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing",
                "---",
                "- a list",
                "sallyport: {deadlin: 10s, providers: {pack: mine}, request: {max_depth: 7}}",
                "other: {sallyport: {provider: {pack: mine}}}",
            })
    void what_is_not_said_is_the_default(String text) throws IOException {
        assertThat(read(text)).isEqualTo(new ReplaySettings("stytch", 32));
    }

    @Test
    void the_pack_of_the_command_line_wins_over_one_that_cannot_be_read() throws IOException {
        Path file = write("sallyport: {provider: {pack: '${PACK}'}, request: {max-depth: 7}}");

        assertThat(ReplaySettings.in(file, Optional.of("mine"))).isEqualTo(new ReplaySettings("mine", 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sallyport.provider.pack: ${PACK} | :1:26: sallyport.provider.pack: has a placeholder, which only the gateway resolves; name the pack with --pack, without --config",
                "sallyport.request.max-depth: ${N:9} | :1:30: sallyport.request.max-depth: has a placeholder, which only the gateway resolves; name the pack with --pack, without --config",
                "sallyport.request.max-depth: deep | :1:30: sallyport.request.max-depth: must be a whole number, was deep",
                "sallyport.request.max-depth: 3 | :1:30: sallyport.request.max-depth: must be between 4 and 500, was 3",
                "sallyport:;  provider:;    pack: '' | :3:11: sallyport.provider.pack: must be a contract pack, was blank",
                "sallyport.provider.pack: [mine] | :1:26: sallyport.provider.pack: must be a single value",
                "sallyport.provider.pack: a;sallyport: {provider: {pack: b}} | :2:30: sallyport.provider.pack: is there twice",
                "a: 1;---;b: 2 | :3:1: begins a second document, and only the gateway knows which of them holds; name the pack with --pack, without --config",
            })
    void what_cannot_be_taken_is_told_with_its_place(String text, String told) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> ReplaySettings.in(file, Optional.empty()))
                .isInstanceOf(SettingsFileProblem.class)
                .hasMessage(file + told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: *s3cr3t            | :1:4 | an alias or a tag",
                "a: !s!s3cr3t x        | :1:4 | an alias or a tag",
                "a: [s3cr3t            | :1:11 | expected ',' or ']'",
                "s3cr3t: a: b          | :1:10 | mapping values are not allowed here",
                "a: \"\\xs3cr3t\"      | :1:7 | hexadecimal",
                "a: ;  b: 1; c: s3cr3t | :3:2 | `` ",
                "a: s3cr3\u0001t         | `` | it has a character that may not be there",
            })
    void broken_yaml_is_told_with_its_place_and_nothing_of_its_text(String text, String place, String words)
            throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> ReplaySettings.in(file, Optional.empty()))
                .isInstanceOf(SettingsFileProblem.class)
                .hasMessageStartingWith(file + place + ": is not YAML: ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("s3");
    }

    private ReplaySettings read(String text) throws IOException {
        return ReplaySettings.in(write(text), Optional.empty());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("sallyport.yml"), text.replace(';', '\n'));
    }
}
