package dev.sallyport.gateway.settings.spring;

import dev.sallyport.gateway.settings.problem.NearestKey;
import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.CommandLinePropertySource;

/**
 * Finds keys of Spring's that are none: misspelt, or without an effect in this version. Looks into files and the command line:
 * variables and system properties that start like Spring's may be of any other program, and Spring adds some of its own.
 */
final class SpringKeys {
    private static final String OURS = "sallyport";
    private static final List<String> ROOTS = List.of("server", "management", "logging", "spring");
    private final SpringMetadata metadata;

    SpringKeys(SpringMetadata metadata) {
        this.metadata = metadata;
    }

    List<SettingsProblem> problems(List<ConfigurationPropertySource> sources) {
        return sources.stream()
                .filter(SpringKeys::isWritten)
                .flatMap(source -> source instanceof IterableConfigurationPropertySource listed
                        ? problems(listed)
                        : Stream.empty())
                .toList();
    }

    private static boolean isWritten(ConfigurationPropertySource source) {
        Object underlying = source.getUnderlyingSource();
        return underlying instanceof OriginTrackedMapPropertySource
                || underlying instanceof CommandLinePropertySource<?>;
    }

    private Stream<SettingsProblem> problems(IterableConfigurationPropertySource source) {
        Set<String> roots = new HashSet<>();
        return source.stream()
                .filter(name -> name.getNumberOfElements() > 0)
                .flatMap(name -> (isSprings(name) ? wrong(name) : wrongRoot(name, roots))
                                .map(words -> new SettingsProblem(
                                        name.toString(),
                                        PropertyOrigins.of(Optional.ofNullable(source.getConfigurationProperty(name))),
                                        words))
                                .stream());
    }

    /** Whether it begins like a key of Spring's. */
    static boolean isSprings(ConfigurationPropertyName name) {
        return ROOTS.contains(name.getElement(0, Form.UNIFORM));
    }

    /** A root is told once. Any other may be there for placeholders to refer to. */
    private static Optional<String> wrongRoot(ConfigurationPropertyName name, Set<String> told) {
        String root = name.getElement(0, Form.UNIFORM);
        Optional<String> meant = NearestKey.misspelt(root, Stream.concat(Stream.of(OURS), ROOTS.stream()));
        return meant.filter(known -> !known.equals(root) && told.add(root))
                .map(known -> "is not a setting; did you mean " + known + " where it says " + root + "?");
    }

    private Optional<String> wrong(ConfigurationPropertyName name) {
        for (int depth = name.getNumberOfElements(); depth > 0; depth--) {
            Optional<SpringProperty> property = metadata.named(name.chop(depth));
            if (property.isPresent()) {
                return wrong(name, depth, property.get());
            }
        }
        return Optional.of(notASetting(name, Stream.empty()));
    }

    private Optional<String> wrong(ConfigurationPropertyName name, int depth, SpringProperty property) {
        if (property.isGone()) {
            return Optional.of("has no effect"
                    + property.replacement()
                            .map(key -> "; what took its place is " + key)
                            .orElse(""));
        }
        return property.type()
                .filter(type -> !Below.takes(type, name, depth))
                .map(type -> notASetting(name, Below.siblings(type, name, depth)));
    }

    private String notASetting(ConfigurationPropertyName name, Stream<String> siblings) {
        Stream<String> known = Stream.concat(
                siblings,
                metadata.all().stream().filter(property -> !property.isGone()).map(SpringProperty::name));
        return "is not a setting"
                + NearestKey.misspelt(name.toString(), known)
                        .map(key -> "; did you mean " + key + "?")
                        .orElse("");
    }
}
