package dev.sallyport.gateway.settings;

import dev.sallyport.config.ByteSize;
import dev.sallyport.config.ModeSettings;
import dev.sallyport.config.Percent;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What a setting can be, in words, for those who wrote something else. */
final class Expectation {
    private static final Map<Class<?>, String> WORDS = Map.of(
            Duration.class, "a duration such as 250ms, 10s or 5m",
            Integer.class, "a whole number",
            Long.class, "a whole number",
            Boolean.class, "true or false",
            ByteSize.class, "a size such as 64KB or 1MB",
            ModeSettings.class, "off, report, enforce or enforce: 25%",
            Percent.class, "a percentage between 0% and 100%",
            URI.class, "a URL such as https://api.example.com");
    private static final Pattern SECRET = Pattern.compile("secret|passw|token|credential|private|api-?key");
    private static final Pattern USER_INFO = Pattern.compile("//.*@");

    private Expectation() {}

    /** What was expected and what was found, unless that may be a secret. */
    static String broken(ConfigurationPropertyName name, Bindable<?> target, Object found) {
        String expected = "must be " + of(target.getType().resolve(Object.class));
        boolean shown = !isSecret(name) && !USER_INFO.matcher(found.toString()).find();
        return shown ? expected + ", was " + found : expected;
    }

    /** Whether a section is there by name only: all of its keys are commented out. */
    static boolean isEmptySection(Bindable<?> target, Object found) {
        return found.toString().isEmpty() && isSection(target.getType().resolve(Object.class));
    }

    private static String of(Class<?> type) {
        if (type.isEnum()) {
            return oneOf(type);
        }
        if (isSection(type)) {
            return "a section with keys of its own";
        }
        String words = WORDS.get(type);
        return words == null ? "a " + type.getSimpleName().toLowerCase(Locale.ROOT) : words;
    }

    private static String oneOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
    }

    private static boolean isSection(Class<?> type) {
        return Map.class.isAssignableFrom(type) || (type.isRecord() && !WORDS.containsKey(type));
    }

    private static boolean isSecret(ConfigurationPropertyName name) {
        String last = name.getElement(name.getNumberOfElements() - 1, ConfigurationPropertyName.Form.DASHED);
        return SECRET.matcher(last).find();
    }
}
