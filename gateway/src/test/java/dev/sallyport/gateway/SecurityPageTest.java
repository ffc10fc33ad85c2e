package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The threat model names tests as its evidence: each of them exists, and each risk of the OWASP table has one. */
final class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");

    @Test
    void every_test_that_the_threat_model_names_exists() throws IOException {
        Set<String> named = TEST.matcher(page())
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void every_risk_of_the_top_ten_has_a_test() throws IOException {
        for (int risk = 1; risk <= 10; risk++) {
            String start = "| API" + risk + " |";
            assertThat(page().lines().filter(line -> line.startsWith(start)))
                    .as(start)
                    .singleElement()
                    .satisfies(line -> assertThat(TEST.matcher(line).find()).isTrue());
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/security.md"));
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 16, (file, is) -> is.isRegularFile() && file.toString().contains("/src/test/java/"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
