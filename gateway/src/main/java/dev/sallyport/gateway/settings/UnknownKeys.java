package dev.sallyport.gateway.settings;

import dev.sallyport.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds keys of ours that no record takes: most often a slip, which would otherwise leave a default in force unseen. */
final class UnknownKeys {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(Settings.PREFIX);
    private static final String VARIABLE_PREFIX = "SALLYPORT_";

    /** Kubernetes sets these in every pod for a service whose name starts with ours. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "SALLYPORT_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)?)");

    private final KnownKeys known;

    UnknownKeys(KnownKeys known) {
        this.known = known;
    }

    List<SettingsProblem> in(List<ConfigurationPropertySource> sources) {
        return sources.stream().flatMap(this::in).toList();
    }

    private Stream<SettingsProblem> in(ConfigurationPropertySource source) {
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource environment) {
            return variables(environment);
        }
        return source instanceof IterableConfigurationPropertySource iterable ? keys(iterable) : Stream.empty();
    }

    private Stream<SettingsProblem> keys(IterableConfigurationPropertySource source) {
        return source.stream()
                .filter(PREFIX::isAncestorOf)
                .filter(name -> !known.contains(name) && !YamlOn.isKnown(name))
                .map(name -> new SettingsProblem(
                        name.toString(),
                        Places.of(Optional.ofNullable(source.getConfigurationProperty(name))),
                        notASetting(known.nearest(name.toString()))));
    }

    private Stream<SettingsProblem> variables(SystemEnvironmentPropertySource environment) {
        return Arrays.stream(environment.getPropertyNames())
                .filter(variable -> variable.startsWith(VARIABLE_PREFIX))
                .filter(variable -> !SERVICE_LINK.matcher(variable).matches())
                .filter(variable -> !known.containsVariable(variable))
                .map(variable -> new SettingsProblem(
                        variable, "environment variable", notASetting(known.nearestVariable(variable))));
    }

    private static String notASetting(Optional<String> meant) {
        return "is not a setting"
                + meant.map(key -> "; did you mean " + key + "?").orElse("");
    }
}
