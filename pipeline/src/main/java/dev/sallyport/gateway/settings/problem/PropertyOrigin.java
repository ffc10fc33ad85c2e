package dev.sallyport.gateway.settings.problem;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/** Finds where a key, or the first one below it, was written; by its text, because operations and rules have names that no key of Spring's may have. */
public final class PropertyOrigin {
    private final List<ConfigurationPropertySource> sources;

    public PropertyOrigin(List<ConfigurationPropertySource> sources) {
        this.sources = sources;
    }

    /** The problem with its place, if that was not known and can be. */
    public SettingsProblem placed(SettingsProblem problem) {
        return problem.place().isEmpty()
                ? new SettingsProblem(problem.key(), PropertyOrigins.of(property(problem.key())), problem.message())
                : problem;
    }

    private Optional<ConfigurationProperty> property(String key) {
        if (ConfigurationPropertyName.isValid(key)) {
            var name = ConfigurationPropertyName.of(key);
            for (ConfigurationPropertySource source : sources) {
                @Nullable ConfigurationProperty property = source.getConfigurationProperty(name);
                if (property != null) {
                    return Optional.of(property);
                }
            }
        }
        return atOrBelow(uniform(key));
    }

    private Optional<ConfigurationProperty> atOrBelow(String wanted) {
        return sources.stream()
                .flatMap(source -> source instanceof IterableConfigurationPropertySource iterable
                        ? iterable.stream()
                                .filter(name -> isAtOrBelow(uniform(name.toString()), wanted))
                                .flatMap(name -> Stream.ofNullable(iterable.getConfigurationProperty(name)))
                        : Stream.empty())
                .findFirst();
    }

    private static boolean isAtOrBelow(String name, String wanted) {
        return name.equals(wanted) || name.startsWith(wanted + ".");
    }

    /** By Spring's relaxed rules; an id in brackets is an id with dots. */
    private static String uniform(String key) {
        return key.replace("[", ".").replaceAll("[-_\\]]", "").toLowerCase(Locale.ROOT);
    }
}
