package dev.sallyport.loadtests.start;

import dev.sallyport.loadtests.stats.Spread;
import dev.sallyport.loadtests.stats.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every start of every gateway, as a table of medians and as a machine reads it. */
record Result(Setting setting, Map<String, List<StartFigures>> gateways) {
    /** Writes the figures to a file and returns the table. */
    String written(Path file) {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file, this);
        return table();
    }

    private String table() {
        var table = new TextTable(List.of(
                "gateway", "start ms", "least–most", "CPU ms", "idle MB", setting.connections() + " connections MB"));
        gateways.forEach((name, starts) -> {
            Spread millis = spread(starts, StartFigures::millis);
            table.row(List.of(
                    name,
                    text("%.0f", millis.median()),
                    text("%.0f–%.0f", millis.least(), millis.most()),
                    text("%.0f", spread(starts, StartFigures::cpuMillis).median()),
                    text("%.0f", spread(starts, StartFigures::idleMegabytes).median()),
                    text("%.0f", spread(starts, StartFigures::loadedMegabytes).median())));
        });
        return table.toString();
    }

    private static Spread spread(List<StartFigures> starts, ToDoubleFunction<StartFigures> figure) {
        return Spread.of(starts.stream().map(figure::applyAsDouble).toList());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
