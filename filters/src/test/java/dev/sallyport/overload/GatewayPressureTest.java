package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.config.value.Percent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GatewayPressureTest {
    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // lag in ms, memory in %: whether calls of low, normal and high priority are refused, and why
        "0, 0, false, false, false, -",
        "200, 90, false, false, false, -",
        "240, 0, true, false, false, EVENT_LOOP",
        "320, 0, true, true, false, EVENT_LOOP",
        "390, 0, true, true, true, EVENT_LOOP",
        "9000, 0, true, true, true, EVENT_LOOP",
        "0, 92, true, false, false, DIRECT_MEMORY",
        "0, 96, true, true, false, DIRECT_MEMORY",
        "0, 100, true, true, true, DIRECT_MEMORY",
        "9000, 100, true, true, true, EVENT_LOOP",
    })
    void the_harder_it_is_pressed_the_more_are_refused(
            long lag, int memory, boolean low, boolean normal, boolean high, String cause) {
        var pressure = pressure(ConcurrencyMode.ENFORCE, lag, memory);

        assertThat(pressure.refuses("a", Priority.LOW)).isEqualTo(low);
        assertThat(pressure.refuses("a", Priority.NORMAL)).isEqualTo(normal);
        assertThat(pressure.refuses("a", Priority.HIGH)).isEqualTo(high);
        assertThat(heard).allSatisfy(each -> assertThat(each).endsWith(cause + " refused"));
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "REPORT"})
    void nothing_is_refused_unless_it_is_enforced(ConcurrencyMode mode) {
        assertThat(pressure(mode, 9000, 0).refuses("a", Priority.LOW)).isFalse();

        assertThat(heard).hasSize(mode == ConcurrencyMode.REPORT ? 1 : 0).doesNotContain("LOW EVENT_LOOP refused");
    }

    @ParameterizedTest
    @CsvSource({"a, true", "kept, false"})
    void settings_may_give_an_operation_another_priority(String operation, boolean refused) {
        assertThat(pressure(ConcurrencyMode.ENFORCE, 240, 0).refuses(operation, Priority.LOW))
                .isEqualTo(refused);
    }

    private GatewayPressure pressure(ConcurrencyMode mode, long lagMillis, int memoryPercent) {
        var settings = new ConcurrencySettings(
                mode,
                500,
                10,
                Duration.ofMillis(50),
                Map.of("kept", Priority.HIGH),
                Duration.ofMillis(200),
                new Percent(90));
        var load = new GatewayPressure.Load() {
            @Override
            public long loopLag() {
                return Duration.ofMillis(lagMillis).toNanos();
            }

            @Override
            public double directMemory() {
                return memoryPercent / 100.0;
            }
        };
        return new GatewayPressure(
                () -> settings,
                load,
                (priority, cause, refused) -> heard.add(priority + " " + cause + (refused ? " refused" : " reported")),
                () -> 0.5);
    }
}
