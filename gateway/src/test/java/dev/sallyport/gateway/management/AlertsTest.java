package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts, dashboards and the page for those who are paged, held against each other. That alerts ring, {@code deploy/check} tries. */
final class AlertsTest {
    private static final Path PROMETHEUS = Path.of("../deploy/prometheus");
    private static final Pattern METRIC = Pattern.compile("\\bsallyport_\\w+?(?=(?:_count|_bucket|_sum)?\\b)");
    private static final Pattern ALERT =
            Pattern.compile("(?m)^ +- alert: (\\w+)\n(?:(?! +- (?:alert|record): ).*\n?)*");
    private static final Pattern SECTION = Pattern.compile("(?m)^### (Sallyport\\w+)$");
    private static final Pattern TRIED =
            Pattern.compile("(?m)^ +alertname: (Sallyport\\w+)\n +exp_alerts:(?: (\\[])|\n)");

    @Test
    void alerts_and_dashboards_stand_on_documented_metrics_only() throws IOException {
        String documented = Files.readString(Path.of("../docs/metrics.md"));

        Set<String> names = found(METRIC, rules() + texts(Path.of("../deploy/grafana/json"), ".json"), 0);

        assertThat(names)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(documented).contains("| `" + name + "`"));
    }

    @Test
    void every_alert_has_its_section_for_those_who_are_paged_and_every_section_its_alert() throws IOException {
        String operations = Files.readString(Path.of("../docs/operations.md"));

        assertThat(found(SECTION, operations, 1)).isEqualTo(found(ALERT, rules(), 1));
    }

    @Test
    void every_alert_has_a_severity_a_summary_and_a_link_to_its_section() throws IOException {
        List<MatchResult> alerts = ALERT.matcher(rules()).results().toList();

        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.group())
                        .containsPattern("severity: (page|ticket)")
                        .contains("summary: ")
                        .contains("runbook_url: docs/operations.md#"
                                + alert.group(1).toLowerCase(Locale.ROOT)));
    }

    @Test
    void every_alert_is_tried_where_it_fires_and_where_it_does_not() throws IOException {
        String tests = texts(PROMETHEUS, ".rules.test.yml");
        Set<String> alerts = found(ALERT, rules(), 1);

        assertThat(tried(tests, false)).isEqualTo(alerts);
        assertThat(tried(tests, true)).isEqualTo(alerts);
    }

    private static Set<String> tried(String tests, boolean silent) {
        return TRIED.matcher(tests)
                .results()
                .filter(each -> silent == (each.group(2) != null))
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String rules() throws IOException {
        return texts(PROMETHEUS, ".rules.yml");
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(each -> each.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String texts(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(AlertsTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
