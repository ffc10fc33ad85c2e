package dev.sallyport.gateway.settings.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/** Where a setting was written, as an editor or a person finds it. */
public final class PropertyOrigins {
    private PropertyOrigins() {}

    /** File, line and column, else the kind of source; empty if unknown. */
    public static String of(Optional<ConfigurationProperty> property) {
        @Nullable Origin origin = property.map(ConfigurationProperty::getOrigin).orElse(null);
        return origin == null ? "" : words(origin);
    }

    /** Whether it stands in the file that the product itself brings along, which no operator can see or change. */
    public static boolean isShipped(ConfigurationProperty property) {
        @Nullable Origin origin = property.getOrigin();
        @Nullable Origin within = origin instanceof PropertySourceOrigin source ? source.getOrigin() : origin;
        return within instanceof TextResourceOrigin text
                && text.getResource() != null
                && text.getResource().getDescription().startsWith("class path resource");
    }

    private static String words(Origin origin) {
        if (origin instanceof TextResourceOrigin text) {
            return text(text);
        }
        if (origin instanceof SystemEnvironmentOrigin variable) {
            return "environment variable " + variable.getProperty();
        }
        if (origin instanceof PropertySourceOrigin source) {
            @Nullable Origin within = source.getOrigin();
            return within == null ? kind(source.getPropertySource()) : words(within);
        }
        return origin.toString();
    }

    private static String kind(PropertySource<?> source) {
        if (source instanceof CommandLinePropertySource) {
            return "command line";
        }
        boolean system = source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        return system ? "system property" : source.getName();
    }

    private static String text(TextResourceOrigin origin) {
        @Nullable Resource resource = origin.getResource();
        var location = origin.getLocation();
        String file = resource == null ? "" : of(resource);
        return location == null ? file : file + ":" + (location.getLine() + 1) + ":" + (location.getColumn() + 1);
    }

    /** Relative to the working folder where it lies in it. */
    private static String of(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path file = path.toAbsolutePath().normalize();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    /** A file; one that is none of the disk's by its description. */
    public static String of(Resource resource) {
        try {
            return of(resource.getFile().toPath());
        } catch (IOException notAFile) {
            return resource.getDescription();
        }
    }
}
