package dev.sallyport.gateway.settings.spring;

import dev.sallyport.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The properties that the libraries on the class path say they take. */
final class SpringMetadata {
    private static final String FILE = "META-INF/spring-configuration-metadata.json";
    private static final String OURS = Settings.PREFIX + ".";
    private static final Pattern GENERIC = Pattern.compile("([\\w.]+)<(?:java\\.lang\\.String,)?([\\w.$]+)>");

    private final Map<String, SpringProperty> properties = new HashMap<>();

    /** Reads them. */
    static SpringMetadata ofClassPath() {
        var metadata = new SpringMetadata();
        try {
            for (URL file :
                    Collections.list(SpringMetadata.class.getClassLoader().getResources(FILE))) {
                try (InputStream json = file.openStream()) {
                    JsonMapper.shared()
                            .readTree(json)
                            .path("properties")
                            .forEach(property -> metadata.add(property(property)));
                }
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return metadata;
    }

    /** One that is in force stands before one of the same name that is not. Ours are read elsewhere, by rules of their own. */
    private void add(SpringProperty property) {
        if (property.name().startsWith(OURS)) {
            return;
        }
        properties.merge(SpringProperty.uniform(property.name()), property, (had, other) -> had.isGone() ? other : had);
    }

    private static SpringProperty property(JsonNode json) {
        JsonNode deprecation = json.path("deprecation");
        return new SpringProperty(
                json.path("name").asString(),
                type(json.path("type").asString("")),
                deprecation.path("level").asString("").equals("error"),
                deprecation.path("replacement").asStringOpt());
    }

    private static Optional<ResolvableType> type(String written) {
        Matcher generic = GENERIC.matcher(written);
        if (!generic.matches()) {
            return loaded(written).map(ResolvableType::forClass);
        }
        return loaded(generic.group(1))
                .flatMap(raw -> loaded(generic.group(2)).map(element -> {
                    boolean isMap = Map.class.isAssignableFrom(raw);
                    return isMap
                            ? ResolvableType.forClassWithGenerics(raw, String.class, element)
                            : ResolvableType.forClassWithGenerics(raw, element);
                }));
    }

    private static Optional<Class<?>> loaded(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(ClassUtils.forName(name, null));
        } catch (ClassNotFoundException | LinkageError notOnTheClassPath) {
            return Optional.empty();
        }
    }

    Collection<SpringProperty> all() {
        return properties.values();
    }

    Optional<SpringProperty> named(ConfigurationPropertyName name) {
        return Optional.ofNullable(properties.get(SpringProperty.uniform(name)));
    }
}
