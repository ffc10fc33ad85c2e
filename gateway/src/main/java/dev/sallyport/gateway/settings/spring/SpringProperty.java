package dev.sallyport.gateway.settings.spring;

import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/**
 * A property of Spring's.
 *
 * @param name in its dashed form
 * @param type empty where the metadata names none, or one that is not on the class path
 * @param isGone whether it has no effect any more
 * @param replacement what took its place
 */
record SpringProperty(String name, Optional<ResolvableType> type, boolean isGone, Optional<String> replacement) {
    /** By the relaxed rules: dashes, underscores and case do not count. */
    static String uniform(ConfigurationPropertyName name) {
        return uniform(name.toString());
    }

    static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
