package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An alert on a metric that is no longer there never rings. That it rings otherwise, {@code deploy/check} tries. */
final class AlertsTest {
    private static final Pattern NAME = Pattern.compile("\\bsallyport_\\w+?(?=(?:_count|_bucket|_sum)?\\b)");

    @Test
    void alerts_stand_on_documented_metrics_only() throws IOException {
        String documented = Files.readString(Path.of("../docs/metrics.md"));
        String rules = Files.readString(Path.of("../deploy/prometheus/sallyport.rules.yml"));

        Set<String> names =
                NAME.matcher(rules).results().map(MatchResult::group).collect(Collectors.toSet());

        assertThat(names)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(documented).contains("| `" + name + "`"));
    }
}
