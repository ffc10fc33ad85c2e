package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.sandbox.device.Devices;
import dev.sallyport.sandbox.server.RecordedRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Who is told what a lookup has found: the provider, the caller, logs and metrics. */
@Timeout(180)
final class TelemetryResultsTest {
    @RegisterExtension
    static final TelemetryCalls CALLS = new TelemetryCalls();

    @Test
    void only_the_gateway_says_what_was_found() throws Exception {
        HttpResponse<String> answer = CALLS.send(CALLS.migrate("telemetry-challenge-spoof")
                .header("X-Telemetry-Verdict", "ALLOW")
                .header("x-telemetry-visitor-id", "visitor-spoofed")
                .header("X-TELEMETRY-REASONS", "spoofed"));
        HttpResponse<String> observed =
                CALLS.send(CALLS.exchange("telemetry-unknown-spoof").header("X-Telemetry-Verdict", "ALLOW"));

        String visitor = Devices.find("telemetry-challenge-spoof").orElseThrow().visitorId();
        RecordedRequest enforced = CALLS.callOf(TelemetryCalls.MIGRATE, "telemetry-challenge-spoof");
        assertThat(answer.headers().firstValue("X-Telemetry-Verdict")).contains("CHALLENGE");
        assertThat(enforced.headers().get("X-Telemetry-Verdict")).containsExactly("CHALLENGE");
        assertThat(enforced.headers().get("X-Telemetry-Visitor-Id")).containsExactly(visitor);
        assertThat(enforced.headers().get("X-Telemetry-Reasons")).containsExactly("VIRTUAL_MACHINE");
        assertThat(observed.statusCode()).isEqualTo(200);
        assertThat(CALLS.callOf(TelemetryCalls.EXCHANGE, "telemetry-unknown-spoof")
                        .headers())
                .doesNotContainKey("X-Telemetry-Verdict");
    }

    @Test
    void a_refused_device_is_not_told_what_gave_it_away() throws Exception {
        HttpResponse<String> blocked = CALLS.send(CALLS.migrate("telemetry-block-told"));
        HttpResponse<String> unknown = CALLS.send(CALLS.migrate("telemetry-unknown-told"));

        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("\"error_type\":\"device_refused\"");
        assertThat(withoutRequestId(blocked)).isEqualTo(withoutRequestId(unknown));
        assertThat(blocked.headers().map().keySet()).noneMatch(name -> name.startsWith("x-telemetry"));
        assertThat(CALLS.gateway().scraped())
                .anyMatch(line -> line.startsWith("sallyport_telemetry_reasons_total{")
                        && line.contains("reason=\"HEADLESS_BROWSER_AUTOMATION\""));
    }

    @Test
    void observing_tells_what_is_known_by_then_and_nothing_else() throws Exception {
        CALLS.send(CALLS.exchange("telemetry-block-observed"));
        CALLS.awaitLookup("telemetry-block-observed");
        HttpResponse<String> known = sendUntilTold("telemetry-block-observed");
        HttpResponse<String> unknown = CALLS.send(CALLS.exchange("telemetry-slow-observed"));

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("X-Telemetry-Verdict")).contains("BLOCK");
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.headers().firstValue("X-Telemetry-Verdict")).isEmpty();
    }

    @Test
    void a_reply_about_another_device_is_counted() throws Exception {
        assertThat(CALLS.send(CALLS.migrate("telemetry-stranger-1")).statusCode())
                .isEqualTo(200);

        assertThat(CALLS.gateway().scraped())
                .anyMatch(line -> line.startsWith("sallyport_contract_violations_total{")
                        && line.contains("keyword=\"device-is-looked-up\"")
                        && line.contains("mode=\"report\""));
    }

    @Test
    void a_reply_about_another_device_is_refused_where_the_rule_is_enforced() throws Exception {
        HttpResponse<String> same = CALLS.send(CALLS.attest("telemetry-allow-attested"));
        HttpResponse<String> another = CALLS.send(CALLS.attest("telemetry-stranger-attested"));

        assertThat(same.statusCode()).as(same.body()).isEqualTo(200);
        assertThat(another.statusCode()).isEqualTo(502);
        assertThat(another.headers().firstValue("Sallyport-Rejection")).contains("REPLY_BREAKS_CONTRACT");
        assertThat(CALLS.gateway().scraped())
                .anyMatch(line -> line.startsWith("sallyport_contract_violations_total{")
                        && line.contains("keyword=\"device-is-looked-up\"")
                        && line.contains("mode=\"enforce\""));
    }

    @Test
    void no_log_and_no_metric_tells_one_device_from_another() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("dev.sallyport");
        logged.start();
        root.addAppender(logged);
        Level level = root.getLevel();
        root.setLevel(Level.TRACE);
        String id = "telemetry-block-secret-7f3a";
        try {
            CALLS.send(CALLS.migrate(id));
            CALLS.send(CALLS.exchange(id));
            CALLS.awaitLookup(id);
        } finally {
            root.setLevel(level);
            root.detachAppender(logged);
        }

        String visitor = Devices.find(id).orElseThrow().visitorId();
        List<String> lines = logged.list.stream()
                .map(event ->
                        event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
        assertThat(lines)
                .anyMatch(line -> line.startsWith("dev.sallyport.audit Device looked up")
                        && line.contains("decision=\"refuse\"")
                        && line.contains("HEADLESS_BROWSER_AUTOMATION"))
                .noneMatch(line -> line.contains(id) || line.contains(visitor));
        assertThat(CALLS.gateway().scraped()).noneMatch(line -> line.contains(id) || line.contains(visitor));
    }

    private static String withoutRequestId(HttpResponse<String> answer) {
        return answer.body().replaceFirst("\"request_id\":\"[^\"]*\"", "");
    }

    private HttpResponse<String> sendUntilTold(String telemetryId) {
        return Waiting.until(
                "the verdict is told",
                () -> CALLS.send(CALLS.exchange(telemetryId)),
                answer -> answer.headers().firstValue("X-Telemetry-Verdict").isPresent());
    }
}
