package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.gateway.management.meters.TelemetryMeters;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class TelemetryMetersTest {
    private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("dev.sallyport.audit");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TelemetryMeters meters =
            new TelemetryMeters(registry, List.of("RULE_MATCH"), TelemetryMeters.watch());
    private final ListAppender<ILoggingEvent> audited = new ListAppender<>();

    @BeforeEach
    void listen() {
        audited.start();
        AUDIT.addAppender(audited);
    }

    @AfterEach
    void stop() {
        AUDIT.detachAppender(audited);
    }

    @Test
    void only_reasons_that_the_settings_list_are_named() {
        DeviceFinding finding =
                new DeviceFinding(LookupOutcome.BLOCK, List.of("RULE_MATCH", "NEW_ONE", "ANOTHER"), "visitor-1");

        meters.lookedUp(finding, 1_000_000);
        meters.decided("login", TelemetryMode.ENFORCE, finding, true);

        assertThat(reasons()).isEqualTo(Map.of("RULE_MATCH", 1.0, "other", 2.0));
        assertThat(lines())
                .containsExactly("Device looked up {operation=login, mode=enforce, outcome=block, decision=refuse, "
                        + "reasons=[RULE_MATCH, other]}");
    }

    @Test
    void a_lookup_is_timed_by_what_came_of_it() {
        meters.lookedUp(DeviceFinding.of(LookupOutcome.CHALLENGE), 1_000_000);
        meters.lookedUp(DeviceFinding.of(LookupOutcome.TIMEOUT), 1_000_000);

        assertThat(registry.find("sallyport.telemetry").timers())
                .extracting(timer ->
                        timer.getId().getTag("result") + " " + timer.getId().getTag("verdict") + " " + timer.count())
                .containsExactlyInAnyOrder("found challenge 1", "timeout none 1");
    }

    @ParameterizedTest
    @CsvSource({"OBSERVE, true, 0", "ENFORCE, false, 0", "ENFORCE, true, 1"})
    void a_call_without_a_device_is_worth_a_line_only_if_it_is_refused(TelemetryMode mode, boolean refused, int lines) {
        meters.decided("login", mode, DeviceFinding.of(LookupOutcome.MISSING), refused);

        assertThat(lines()).hasSize(lines);
        assertThat(registry.get("sallyport.telemetry.decisions")
                        .tag("outcome", "missing")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private Map<String, Double> reasons() {
        return registry.find("sallyport.telemetry.reasons").counters().stream()
                .collect(Collectors.toMap(TelemetryMetersTest::reason, Counter::count));
    }

    private static String reason(Counter counter) {
        return counter.getId().getTags().stream().map(Tag::getValue).collect(Collectors.joining());
    }

    private List<String> lines() {
        return audited.list.stream()
                .map(event -> event.getFormattedMessage() + " "
                        + event.getKeyValuePairs().stream()
                                .map(pair -> pair.key + "=" + pair.value)
                                .collect(Collectors.joining(", ", "{", "}")))
                .toList();
    }
}
