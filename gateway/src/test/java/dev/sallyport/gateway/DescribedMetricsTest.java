package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code deploy/check} asks of a gateway that looks devices up: every metric of ours says what it counts. */
@Timeout(180)
final class DescribedMetricsTest {
    @RegisterExtension
    static final TelemetryCalls CALLS = new TelemetryCalls();

    @Test
    void every_metric_of_ours_has_a_description() throws Exception {
        for (HttpRequest.Builder call : List.of(
                CALLS.migrate("telemetry-allow-described"),
                CALLS.migrate("telemetry-block-described"),
                CALLS.migrate(""),
                CALLS.exchange("telemetry-challenge-described"))) {
            CALLS.client().send(call.build(), HttpResponse.BodyHandlers.discarding());
        }

        Set<String> ours = families("# TYPE ");
        assertThat(ours)
                .contains(
                        "sallyport_telemetry_decisions_total",
                        "sallyport_telemetry_reasons_total",
                        "sallyport_telemetry_shared_total",
                        "sallyport_telemetry_seconds",
                        "sallyport_refusals_total");
        assertThat(families("# HELP ")).containsAll(ours);
    }

    /** Names in lines of a kind that have a word behind the name. */
    private static Set<String> families(String kind) throws IOException {
        return CALLS.gateway()
                .scraped()
                .filter(line -> line.startsWith(kind + "sallyport_"))
                .map(line -> line.substring(kind.length()).strip().split(" ", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> parts[0])
                .collect(Collectors.toSet());
    }
}
