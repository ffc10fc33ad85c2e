package dev.sallyport.starter;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.bind.OwnSettings;
import dev.sallyport.gateway.settings.bind.ProblemCollector;
import dev.sallyport.gateway.settings.problem.SettingsException;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The settings, below the same prefix as the product's. What belongs to an edge of the product's own is a mistake here: it would
 * look as if it were in force.
 */
final class StarterSettings {
    /** The application has a server, an end and a management port of its own. */
    static final List<String> OF_THE_PRODUCT = List.of(
            "callers",
            "drain",
            "logs.access",
            "logs.format",
            "management",
            "other-calls",
            "provider.credentials",
            "reload",
            "request.header-limit",
            "request.http2",
            "request.idle-timeout",
            "request.max-connections",
            "request.max-connections-per-address",
            "request.max-unread",
            "request.write-timeout",
            "server-timing",
            "tracing");

    private static final String PROJECTS = Settings.PREFIX + ".provider.projects";

    private final OwnSettings own;

    StarterSettings(ConfigurableEnvironment environment) {
        this.own = new OwnSettings(environment);
    }

    /** The settings; a {@link SettingsException} that lists what is wrong if they cannot be used. */
    Settings read() {
        ProblemCollector bound = own.problems();
        @Nullable Settings settings = own.bound(bound);
        List<SettingsProblem> problems = new ArrayList<>(own.unknown(bound));
        OF_THE_PRODUCT.stream()
                .map(key -> Settings.PREFIX + "." + key)
                .filter(this::isSet)
                .map(key -> own.placed(new SettingsProblem(
                        key, "", "has no effect here, where the application has its own server: leave it out")))
                .forEach(problems::add);
        problems.addAll(bound.problems());
        if (settings != null
                && problems.isEmpty()
                && settings.provider().projects().isEmpty()) {
            problems.add(new SettingsProblem(PROJECTS, "", "must list the projects whose calls come here"));
        }
        if (settings == null || !problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return settings;
    }

    /** As {@link OwnSettings#placing}. */
    <T> T placing(Supplier<T> comparison) {
        return own.placing(comparison);
    }

    private boolean isSet(String key) {
        var name = ConfigurationPropertyName.of(key);
        return own.sources().stream().anyMatch(source -> isIn(source, name));
    }

    private static boolean isIn(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        return source.getConfigurationProperty(name) != null
                || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT;
    }
}
