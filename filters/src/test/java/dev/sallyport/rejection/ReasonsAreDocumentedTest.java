package dev.sallyport.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reasons of refusals, held against the pages that list them: none is missing, none is too many, each with what it answers. */
final class ReasonsAreDocumentedTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `([A-Z_]+)` \\| (\\d{3}(?:, `Retry-After`)?) \\| (?:[^|]*)`([a-z_]+)` \\| (\\w+) \\|$",
            Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Z]+_[A-Z_]+|OVERLOADED|INTERNAL)`");
    private static final Pattern RETRY_LATER = Pattern.compile("retryLater\\(\\s*Reason\\.(\\w+)");

    @Test
    void the_page_of_refusals_has_each_with_status_error_type_and_fault() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(DOCS.resolve("refusals.md")))
                .results()
                .map(row -> String.join(" | ", row.group(1), row.group(2), row.group(3), row.group(4)))
                .toList();
        Set<String> later = toldToComeAgain();
        assertThat(later).isNotEmpty();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> String.join(
                                " | ",
                                reason.name(),
                                reason.status() + (later.contains(reason.name()) ? ", `Retry-After`" : ""),
                                reason.errorType(),
                                reason.fault().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    @Test
    void the_page_of_metrics_names_each_as_a_label_or_as_one_of_the_edge() throws IOException {
        String page = Files.readString(DOCS.resolve("metrics.md"));
        String label = page.lines()
                .filter(line -> line.startsWith("| `reason` | `none`"))
                .findFirst()
                .orElseThrow();
        String edge = page.substring(page.indexOf("### Refusals at the edge"));
        edge = edge.substring(0, edge.indexOf(". `operation` is"));

        Set<String> named = new TreeSet<>(names(label));
        named.addAll(names(edge));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::name).toList());
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    /** As the code makes them. */
    private static Set<String> toldToComeAgain() throws IOException {
        Set<String> reasons = new TreeSet<>();
        for (String module : List.of("filters", "pipeline", "gateway", "starter")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    RETRY_LATER
                            .matcher(Files.readString(file))
                            .results()
                            .map((MatchResult found) -> found.group(1))
                            .forEach(reasons::add);
                }
            }
        }
        return reasons;
    }
}
