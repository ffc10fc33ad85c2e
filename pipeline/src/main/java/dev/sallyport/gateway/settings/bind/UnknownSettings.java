package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds keys of ours that no record takes: most often a slip, which would otherwise leave a default in force unseen. */
final class UnknownSettings {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(Settings.PREFIX);
    private static final String VARIABLE_PREFIX = "SALLYPORT_";

    /** Kubernetes sets these in every pod for a service whose name starts with ours. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "SALLYPORT_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_PROTO|_PORT|_ADDR)?)?)");

    private final KnownKeys known;

    UnknownSettings(KnownKeys known) {
        this.known = known;
    }

    List<SettingsProblem> in(List<ConfigurationPropertySource> sources) {
        return sources.stream().flatMap(this::in).toList();
    }

    /** A value where all of our sections should be, which binding would pass over. */
    Optional<SettingsProblem> valueOfSection(List<ConfigurationPropertySource> sources) {
        return sources.stream()
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(PREFIX)))
                .filter(property -> !property.getValue().toString().isEmpty())
                .map(property -> new SettingsProblem(
                        PREFIX.toString(),
                        PropertyOrigins.of(Optional.of(property)),
                        "must be a section with keys of its own"))
                .findFirst();
    }

    private Stream<SettingsProblem> in(ConfigurationPropertySource source) {
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource environment) {
            return Stream.concat(variables(environment), variablesTwice(environment));
        }
        return source instanceof IterableConfigurationPropertySource iterable
                ? Stream.concat(keys(iterable), keysTwice(iterable))
                : Stream.empty();
    }

    private Stream<SettingsProblem> keys(IterableConfigurationPropertySource source) {
        return source.stream()
                .filter(PREFIX::isAncestorOf)
                .filter(name -> !known.contains(name) && !YamlOn.isKnown(name))
                .map(name -> new SettingsProblem(
                        YamlOn.asWritten(name),
                        PropertyOrigins.of(Optional.ofNullable(source.getConfigurationProperty(name))),
                        notASetting(known.nearest(YamlOn.asWritten(name)))));
    }

    private Stream<SettingsProblem> variables(SystemEnvironmentPropertySource environment) {
        return Arrays.stream(environment.getPropertyNames())
                .filter(variable -> variable.startsWith(VARIABLE_PREFIX))
                .filter(variable -> !SERVICE_LINK.matcher(variable).matches())
                .filter(variable -> !known.containsVariable(variable))
                .map(variable -> new SettingsProblem(
                        variable, "environment variable", notASetting(known.nearestVariable(variable))));
    }

    /** In two spellings, of which Spring would use either. */
    private static Stream<SettingsProblem> keysTwice(IterableConfigurationPropertySource source) {
        Set<ConfigurationPropertyName> seen = new HashSet<>();
        return source.stream()
                .filter(PREFIX::isAncestorOf)
                .filter(name -> !seen.add(name))
                .map(name -> new SettingsProblem(
                        YamlOn.asWritten(name),
                        PropertyOrigins.of(Optional.ofNullable(source.getConfigurationProperty(name))),
                        "is there twice, in two spellings; keep one"));
    }

    /** With a dash left out and with a dash as an underscore. */
    private Stream<SettingsProblem> variablesTwice(SystemEnvironmentPropertySource environment) {
        Map<String, String> setBy = new HashMap<>();
        return Arrays.stream(environment.getPropertyNames())
                .filter(variable -> variable.startsWith(VARIABLE_PREFIX))
                .sorted()
                .flatMap(variable -> known
                        .singleKeyOf(variable)
                        .flatMap(key -> Optional.ofNullable(setBy.putIfAbsent(key, variable)))
                        .map(other -> new SettingsProblem(
                                variable, "environment variable", "sets the same key as " + other + "; keep one"))
                        .stream());
    }

    private static String notASetting(Optional<String> meant) {
        return "is not a setting"
                + meant.map(key -> "; did you mean " + key + "?").orElse("");
    }
}
