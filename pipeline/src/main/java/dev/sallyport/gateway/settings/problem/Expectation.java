package dev.sallyport.gateway.settings.problem;

import dev.sallyport.config.caller.CertificateName;
import dev.sallyport.config.caller.KeyHash;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.store.StoreUrl;
import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.unit.DataSize;

/** What a setting can be, in words, for those who wrote something else. */
public final class Expectation {
    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(Duration.class, "a duration such as 250ms, 10s or 5m"),
            Map.entry(Integer.class, "a whole number"),
            Map.entry(int.class, "a whole number"),
            Map.entry(Long.class, "a whole number"),
            Map.entry(long.class, "a whole number"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(ByteSize.class, "a size such as 64KB or 1MB"),
            Map.entry(DataSize.class, "a size such as 64KB or 1MB"),
            Map.entry(ModeSettings.class, "off, report, enforce or enforce: 25%"),
            Map.entry(Percent.class, "a percentage between 0% and 100%"),
            Map.entry(Secret.class, "a secret"),
            Map.entry(LimitKey.class, LimitKey.EXPECTED),
            Map.entry(KeyHash.class, KeyHash.EXPECTED),
            Map.entry(CertificateName.class, CertificateName.EXPECTED),
            Map.entry(StoreUrl.class, StoreUrl.EXPECTED),
            Map.entry(URI.class, "a URL such as https://api.example.com"),
            Map.entry(InetAddress.class, "an address such as 127.0.0.1"),
            Map.entry(Charset.class, "a character set such as UTF-8"),
            Map.entry(Locale.class, "a language such as en"));
    private static final Pattern SECRET = Pattern.compile("secret|passw|token|credential|private|api-?key");
    private static final Pattern USER_INFO = Pattern.compile("//.*@");

    private Expectation() {}

    /** What was expected and what was found, unless that may be a secret. */
    public static String broken(ConfigurationPropertyName name, Bindable<?> target, Object found) {
        Class<?> type = type(target);
        boolean unitIsMissing = type == Duration.class && Durations.isBare(found.toString());
        String expected = "must be " + of(type) + (unitIsMissing ? " with its unit: ms, s, m, h or d" : "");
        boolean shown = type != Secret.class
                && type != StoreUrl.class
                && type != KeyHash.class
                && !isSecret(name)
                && !USER_INFO.matcher(found.toString()).find();
        return shown ? expected + ", was " + found : expected;
    }

    /** Whether a section is there by name only: all of its keys are commented out. */
    public static boolean isEmptySection(Bindable<?> target, Object found) {
        return found.toString().isEmpty() && isSection(type(target));
    }

    /** That of the value, where it may be left out. */
    private static Class<?> type(Bindable<?> target) {
        ResolvableType type = target.getType();
        boolean mayBeLeftOut = type.resolve(Object.class) == Optional.class;
        return (mayBeLeftOut ? type.getGeneric() : type).resolve(Object.class);
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
