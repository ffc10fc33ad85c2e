package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.assembly.PipelinePreview;
import dev.sallyport.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of settings in the documentation can be used as they are, and with their comment marks taken away. */
final class DocumentedSettingsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(sallyport:\n.*?)```", Pattern.DOTALL);
    private static final Pattern COMMENT_MARK = Pattern.compile("^( *)# ", Pattern.MULTILINE);
    private static final ContractCatalog CATALOG = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32));

    @TempDir
    Path folder;

    static Stream<Named<String>> examples() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
            return pages.stream().flatMap(DocumentedSettingsTest::examplesIn);
        }
    }

    @Test
    void the_readme_has_the_smallest_file_and_the_page_of_settings_the_whole_one() throws IOException {
        assertThat(examples().filter(example -> example.getName().equals("README.md")))
                .hasSize(1);
        assertThat(examples().filter(example -> example.getName().equals("settings.md")))
                .anySatisfy(example -> assertThat(example.getPayload()).contains("  # capture:", "  # management:"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_accepted(String yaml) {
        assertAccepted(yaml);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_without_its_comment_marks_is_accepted(String yaml) {
        assertAccepted(COMMENT_MARK.matcher(yaml).replaceAll("$1"));
    }

    /** By the reader, and by the contract pack. */
    private void assertAccepted(String yaml) {
        SettingsFile file =
                new SettingsFile(folder, yaml).with(Map.of("SALLYPORT_PROVIDER_BASEURL", "https://test.stytch.com"));

        assertThat(file.problems()).isEmpty();
        Settings settings = file.reader().read();
        assertThatCode(() -> PipelinePreview.text(settings, CATALOG)).doesNotThrowAnyException();
    }

    private static Stream<Named<String>> examplesIn(Path page) {
        try {
            return BLOCK
                    .matcher(Files.readString(page))
                    .results()
                    .map(found -> Named.of(page.getFileName().toString(), found.group(1)))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
