package dev.sallyport.gateway.settings.spring;

import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Spring's own settings that an operator wrote. Which of them are secrets, no metadata says; so a value is told only if its type has no
 * room for one, or its key is known to hold none.
 */
public final class WrittenSettings {
    private static final List<Class<?>> HARMLESS = List.of(
            Number.class, Boolean.class, Enum.class, Duration.class, DataSize.class, InetAddress.class, Charset.class);

    private static final Set<String> HARMLESS_TEXTS = Set.of(
            "logging.file.name",
            "logging.file.path",
            "logging.level",
            "management.endpoints.web.exposure.exclude",
            "management.endpoints.web.exposure.include",
            "management.server.ssl.bundle",
            "management.server.ssl.ciphers",
            "management.server.ssl.enabled-protocols",
            "server.ssl.bundle",
            "server.ssl.ciphers",
            "server.ssl.enabled-protocols",
            "spring.application.name",
            "spring.config.additional-location",
            "spring.profiles.active");

    /** By the letters of their names: in a variable, dots and dashes are the same. */
    private static final Map<String, SpringProperty> KNOWN = SpringSettings.METADATA.all().stream()
            .collect(Collectors.toUnmodifiableMap(
                    property -> letters(property.name()), property -> property, (one, other) -> one));

    private WrittenSettings() {}

    /**
     * A setting.
     *
     * @param value as it is written; not that of one that may be a secret
     * @param source where it is written
     */
    public record Written(String key, String value, String source) {}

    /** Those of sources, the most important first, by key. */
    public static List<Written> in(List<ConfigurationPropertySource> sources) {
        Map<String, Written> found = new TreeMap<>();
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource listed) {
                listed.stream()
                        .filter(name -> name.getNumberOfElements() > 1 && SpringKeys.isSprings(name))
                        .forEach(name -> written(name, source.getConfigurationProperty(name))
                                .ifPresent(setting -> found.putIfAbsent(setting.key(), setting)));
            }
        }
        return List.copyOf(found.values());
    }

    /** A variable may begin like a key of Spring's and be another program's. */
    private static Optional<Written> written(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        if (property == null || PropertyOrigins.isShipped(property)) {
            return Optional.empty();
        }
        for (int depth = name.getNumberOfElements(); depth > 0; depth--) {
            @Nullable SpringProperty known = KNOWN.get(letters(name.chop(depth).toString()));
            if (known != null) {
                String value = String.valueOf(property.getValue());
                boolean isTold = isHarmless(known) || value.equals("true") || value.equals("false");
                return Optional.of(new Written(
                        key(known, name.subName(depth)),
                        isTold ? value : "set (not shown)",
                        PropertyOrigins.of(Optional.of(property))));
            }
        }
        return Optional.empty();
    }

    private static String key(SpringProperty known, ConfigurationPropertyName below) {
        String rest = below.toString();
        return known.name() + (rest.isEmpty() || rest.startsWith("[") ? rest : "." + rest);
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Of a map or a list, by what its items are. */
    private static boolean isHarmless(SpringProperty known) {
        if (HARMLESS_TEXTS.contains(known.name())) {
            return true;
        }
        Class<?> raw = known.type()
                .map(type -> type.hasGenerics() ? type.getGeneric(type.getGenerics().length - 1) : type)
                .map(type -> type.resolve(Object.class))
                .<Class<?>>map(ClassUtils::resolvePrimitiveIfNecessary)
                .orElse(Object.class);
        return HARMLESS.stream().anyMatch(harmless -> harmless.isAssignableFrom(raw));
    }
}
