package dev.sallyport.config.value;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What settings records ask of their values. */
public final class Require {
    /** A field name (RFC 9110, 5.1). */
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    /** 32 bytes. */
    private static final Pattern PIN = Pattern.compile("sha256/[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Require() {}

    /** The value, or the default where none was given. */
    public static <T> T orElse(@Nullable T value, T otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }

    public static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    public static Duration between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidSetting(key, "between " + shown(least) + " and " + shown(most), shown(value));
        }
        return value;
    }

    /** A duration that a text says with its unit, where only texts can be read. */
    public static Duration duration(String key, String written) {
        Matcher parts = DURATION.matcher(written.strip());
        if (!parts.matches()) {
            throw new InvalidSetting(key, "a duration such as 250ms, 10s or 5m", written);
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    public static long between(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidSetting(key, "between " + least + " and " + most, value);
        }
        return value;
    }

    public static String present(String key, @Nullable String value, String expected) {
        if (value == null || value.isBlank()) {
            throw new InvalidSetting(key, expected, value == null ? "missing" : "blank");
        }
        return value.strip();
    }

    public static <T> T present(String key, @Nullable T value, String expected) {
        if (value == null) {
            throw new InvalidSetting(key, expected, "missing");
        }
        return value;
    }

    /** The name of an HTTP header. */
    public static String fieldName(String key, String name) {
        if (!FIELD_NAME.matcher(name).matches()) {
            throw new InvalidSetting(key, "the name of an HTTP header", name);
        }
        return name;
    }

    /** Public keys that servers are known by. */
    public static List<String> pins(String key, @Nullable List<String> pins) {
        List<String> written = copy(pins);
        written.forEach(pin -> {
            if (!PIN.matcher(pin).matches()) {
                throw new InvalidSetting(key, "sha256/ and the base64 of the SHA-256 of a public key (SPKI)", pin);
            }
        });
        return written;
    }

    /** As an operator writes it: 250ms, 10s, 5m, 24h. */
    public static String shown(Duration duration) {
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
