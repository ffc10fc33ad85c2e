package dev.sallyport.gateway.settings;

import dev.sallyport.config.ByteSize;
import dev.sallyport.config.InvalidSetting;
import dev.sallyport.config.Percent;
import dev.sallyport.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads the settings out of a Spring environment. Unknown keys are errors in files and on the command line, but not in
 * environment variables: Kubernetes sets {@code SALLYPORT_PORT} and the like by itself for a service of that name.
 */
public final class SettingsReader {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(Settings.PREFIX);

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();
    private final KnownKeys known = new KnownKeys(Settings.class);

    /** Reads from an environment, as it is now. */
    public SettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
        ConfigurationPropertySources.get(environment).forEach(sources::add);
    }

    /** The settings; a {@link SettingsException} that lists what is wrong if they cannot be used. */
    public Settings read() {
        List<SettingsProblem> unknown = unknownKeys();
        if (!unknown.isEmpty()) {
            throw new SettingsException(unknown);
        }
        try {
            return binder().bindOrCreate(PREFIX, Bindable.of(Settings.class), null);
        } catch (BindException wrong) {
            throw new SettingsException(List.of(problem(wrong)));
        } catch (InvalidSetting wrong) {
            throw new SettingsException(List.of(problem(wrong)));
        }
    }

    private Binder binder() {
        var conversion = new ApplicationConversionService();
        conversion.addConverter(String.class, ByteSize.class, ByteSize::parse);
        conversion.addConverter(Integer.class, ByteSize.class, bytes -> ByteSize.parse(bytes.toString()));
        conversion.addConverter(String.class, Percent.class, Percent::parse);
        conversion.addConverter(Integer.class, Percent.class, Percent::new);
        return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment), conversion);
    }

    private List<SettingsProblem> unknownKeys() {
        List<SettingsProblem> problems = new ArrayList<>();
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource iterable && !isEnvironment(source)) {
                iterable.stream()
                        .filter(name -> PREFIX.isAncestorOf(name) && !known.knows(name))
                        .forEach(name -> problems.add(unknown(source, name)));
            }
        }
        return problems;
    }

    private static boolean isEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof org.springframework.core.env.PropertySource<?> underlying
                && underlying.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    private SettingsProblem unknown(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        String place = place(Optional.ofNullable(source.getConfigurationProperty(name)));
        return new SettingsProblem(
                name.toString(), place, "is not a setting; did you mean " + known.nearest(name) + "?");
    }

    private SettingsProblem problem(BindException wrong) {
        for (@Nullable Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSetting invalid) {
                return problem(invalid);
            }
        }
        String place = place(Optional.ofNullable(wrong.getProperty()));
        return new SettingsProblem(wrong.getName().toString(), place, words(wrong));
    }

    private SettingsProblem problem(InvalidSetting invalid) {
        Optional<ConfigurationProperty> property = Optional.empty();
        if (!invalid.key().contains("[")) {
            ConfigurationPropertyName name = ConfigurationPropertyName.of(invalid.key());
            property = sources.stream()
                    .map(source -> Optional.ofNullable(source.getConfigurationProperty(name)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return new SettingsProblem(invalid.key(), place(property), String.valueOf(invalid.getMessage()));
    }

    /** What the value cannot become; our own types say it themselves. */
    private static String words(BindException wrong) {
        for (@Nullable Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException own
                    && String.valueOf(own.getMessage()).startsWith("must be")) {
                return String.valueOf(own.getMessage());
            }
        }
        for (@Nullable Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConversionFailedException failed) {
                return "must be " + expected(failed) + ", was " + failed.getValue();
            }
        }
        return "cannot be read as " + wrong.getTarget().getType();
    }

    private static String expected(ConversionFailedException failed) {
        Class<?> type = failed.getTargetType().getType();
        if (type.isEnum()) {
            List<String> names = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                names.add(constant.toString().toLowerCase(java.util.Locale.ROOT));
            }
            return "one of " + String.join(", ", names);
        }
        return switch (type.getSimpleName()) {
            case "Duration" -> "a time such as 250ms, 10s or 5m";
            case "Integer", "Long" -> "a whole number";
            case "Boolean" -> "true or false";
            default -> "a " + type.getSimpleName();
        };
    }

    /** Where a property was written. */
    private static String place(Optional<ConfigurationProperty> property) {
        Origin origin = property.map(ConfigurationProperty::getOrigin).orElse(null);
        if (origin instanceof TextResourceOrigin text && text.getLocation() != null && text.getResource() != null) {
            var location = text.getLocation();
            return text.getResource().getFilename() + ":" + (location.getLine() + 1) + ":" + (location.getColumn() + 1);
        }
        return origin == null ? "" : origin.toString();
    }
}
