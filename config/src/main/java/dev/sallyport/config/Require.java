package dev.sallyport.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What settings records ask of their values. */
final class Require {
    private Require() {}

    /** The value, or the default where none was given. */
    static <T> T orElse(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }

    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static Duration between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidSetting(key, "between " + shown(least) + " and " + shown(most), shown(value));
        }
        return value;
    }

    static long between(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidSetting(key, "between " + least + " and " + most, value);
        }
        return value;
    }

    static String present(String key, @Nullable String value, String expected) {
        if (value == null || value.isBlank()) {
            throw new InvalidSetting(key, expected, value == null ? "missing" : "blank");
        }
        return value.strip();
    }

    static <T> T present(String key, @Nullable T value, String expected) {
        if (value == null) {
            throw new InvalidSetting(key, expected, "missing");
        }
        return value;
    }

    /** As an operator writes it: 250ms, 10s, 5m, 24h. */
    static String shown(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0 && millis != 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis != 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
