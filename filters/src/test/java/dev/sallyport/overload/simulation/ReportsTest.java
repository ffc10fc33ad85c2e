package dev.sallyport.overload.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the candidates did in each scenario, as it is kept. A change to the rule, the queue or the shedding shows here first; {@code
 * -Doverload.reports=write} writes what is then to be read.
 */
final class ReportsTest {
    private static final Path KEPT = Path.of("src/test/resources/overload");

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void a_scenario_goes_as_its_report_says(Scenario scenario) throws IOException {
        Path kept = KEPT.resolve(scenario.name().toLowerCase(Locale.ROOT) + ".txt");

        String report = scenario.report();

        if ("write".equals(System.getProperty("overload.reports"))) {
            Files.writeString(kept, report);
        }
        assertThat(report).isEqualTo(Files.readString(kept));
    }
}
