package dev.sallyport.gateway.console.settings;

import dev.sallyport.config.Settings;
import dev.sallyport.config.value.Secret;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings as keys and values, read off their records. A secret is told as such, and nothing of it. */
final class SettingsList {
    private final List<Setting> settings = new ArrayList<>();

    /** A key with what it is. */
    record Setting(String key, String value) {}

    private SettingsList() {}

    /** All of them. */
    static List<Setting> of(Settings root) {
        return of(Settings.PREFIX, root);
    }

    static List<Setting> of(String key, Record section) {
        var list = new SettingsList();
        list.add(key, section);
        return list.settings;
    }

    private void add(String key, @Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            add(key, optional.isPresent() ? optional.get() : null);
        } else if (value instanceof Record section
                && section.getClass().getSimpleName().endsWith("Settings")) {
            addSection(key, section);
        } else if (value instanceof Map<?, ?> map) {
            addMap(key, map);
        } else if (value instanceof Collection<?> list && list.stream().anyMatch(Record.class::isInstance)) {
            int number = 0;
            for (Object item : list) {
                add(key + "[" + number + "]", item);
                number++;
            }
        } else {
            settings.add(new Setting(key, shown(value)));
        }
    }

    private void addSection(String key, Record section) {
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            add(key + "." + dashed(component.getName()), value(section, component));
        }
    }

    private void addMap(String key, Map<?, ?> map) {
        if (map.isEmpty()) {
            settings.add(new Setting(key, "none"));
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        sorted.forEach((name, value) -> add(key + "." + name, value));
    }

    private static @Nullable Object value(Record section, RecordComponent component) {
        try {
            return component.getAccessor().invoke(section);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException("a setting cannot be read", unreadable);
        }
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof Secret) {
            return "set (secret)";
        }
        if (value instanceof Collection<?> list) {
            return list.isEmpty()
                    ? "none"
                    : String.join(", ", list.stream().map(SettingsList::shown).toList());
        }
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        return value instanceof Enum<?> word ? dashed(word.name().toLowerCase(Locale.ROOT)) : value.toString();
    }

    /** As settings are written. */
    private static String duration(Duration length) {
        long millis = length.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String dashed(String name) {
        return name.replace('_', '-').replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
