package dev.sallyport.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Settings files that are out there: those of every release still start, or are told what changed, in the words of a {@code .told} file
 * beside them; those that deployments here are made with are right.
 */
final class EarlierSettingsTest {
    private static final Path RELEASES = Path.of("src/test/resources/dev/sallyport/gateway/settings/releases");
    private static final Path DEPLOY = Path.of("../deploy");

    @TempDir
    Path folder;

    static List<Path> ofReleases() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASES)) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }

    static List<Path> ofCharts() throws IOException {
        try (Stream<Path> files = Files.list(DEPLOY.resolve("helm/sallyport/ci"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("ofReleases")
    void a_file_of_a_release_still_starts_or_is_told_what_changed(Path file) throws IOException {
        Path told = Path.of(file.toString().replaceFirst("\\.yml$", ".told"));
        List<String> expected = Files.exists(told) ? Files.readAllLines(told) : List.of();

        assertThat(problems(Files.readString(file))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("ofCharts")
    void settings_in_values_of_the_chart_are_right(Path values) throws IOException {
        JsonNode settings = YAMLMapper.shared().readTree(values).at("/settings");

        // What a value of the chart takes from a secret.
        Map<String, Object> variables = Map.of("SALLYPORT_STORE_URL", "redis://store:6379");
        assertThat(new SettingsFile(folder, YAMLMapper.shared().writeValueAsString(settings))
                        .with(variables)
                        .problems())
                .isEmpty();
    }

    @Test
    void settings_of_the_compose_stack_are_right() throws IOException {
        assertThat(problems(Files.readString(DEPLOY.resolve("compose/gateway/sallyport.yml"))))
                .isEmpty();
    }

    private List<String> problems(String yaml) {
        return new SettingsFile(folder, yaml).problems();
    }
}
