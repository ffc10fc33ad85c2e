package dev.sallyport.gateway.console.settings;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Build;
import dev.sallyport.gateway.console.source.ConsoleSources.WrittenSettings;
import dev.sallyport.gateway.generation.Generation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is told of the build and of its settings.
 *
 * @param rows ours, whether written or not
 * @param springs Spring's own that were written
 */
public record SettingsPage(List<Fact> facts, List<Row> rows, List<Row> springs) {
    /** A fact about the build or the generation that serves. */
    public record Fact(String name, String value) {}

    /**
     * A setting.
     *
     * @param source file, line and column, or the variable; {@code default} if it was not written
     */
    public record Row(String key, String value, String source) {
        public boolean isDefault() {
            return source.equals("default");
        }
    }

    /** As they are now. */
    public static SettingsPage of(ConsoleSources sources) {
        Generation serving = sources.contracts().serving().get();
        Instant now = sources.clock().instant();
        Build build = sources.instance().build();
        List<Fact> facts = List.of(
                new Fact("Version", build.version()),
                new Fact("Commit", build.commit()),
                new Fact("Java", Runtime.version().toString()),
                new Fact("Started", Shown.time(build.started()) + " (" + Shown.ago(build.started(), now) + ")"),
                new Fact("Generation", serving.number() + ", since " + Shown.time(serving.since())),
                new Fact("Contract pack", serving.settings().provider().pack()),
                new Fact("Files of the pack", serving.pack().fingerprint()));
        WrittenSettings written = sources.instance().settings().get();
        Map<String, String> temporary = temporary(sources);
        List<Row> rows = SettingsList.of(serving.settings()).stream()
                .map(setting -> {
                    String origin = written.origins().apply(setting.key());
                    return new Row(
                            setting.key(),
                            setting.value(),
                            temporary.getOrDefault(setting.key(), origin.isEmpty() ? "default" : origin));
                })
                .toList();
        List<Row> springs = written.springs().stream()
                .map(setting -> new Row(setting.key(), setting.value(), setting.source()))
                .toList();
        return new SettingsPage(facts, rows, springs);
    }

    private static Map<String, String> temporary(ConsoleSources sources) {
        return sources.contracts().actions().temporary().get().stream()
                .collect(Collectors.toMap(
                        mode -> Settings.PREFIX + ".contracts.operations." + mode.operation() + "."
                                + mode.change().door(),
                        mode -> "console, until " + Shown.time(mode.until())));
    }
}
