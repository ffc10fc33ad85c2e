package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.gateway.settings.problem.Expectation;
import dev.sallyport.gateway.settings.problem.PropertyOrigin;
import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Notes what cannot be bound and lets the binder go on as if it had not been set. What only follows from an earlier
 * problem is not noted: a list with a bad item looks cut short, a record with a bad value looks absent.
 */
public final class ProblemCollector implements BindHandler {
    private final List<ConfigurationPropertySource> sources;
    private final List<SettingsProblem> problems = new ArrayList<>();

    ProblemCollector(List<ConfigurationPropertySource> sources) {
        this.sources = sources;
    }

    /** Each once: the binder asks every source for a map, and two of them may show the same. */
    public List<SettingsProblem> problems() {
        return problems.stream().distinct().toList();
    }

    @Override
    public @Nullable Object onFailure(
            ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception failure) {
        Optional<InvalidSetting> invalid = cause(failure, InvalidSetting.class);
        if (invalid.isPresent()) {
            noteInvalid(name, invalid.get());
        } else if (failure instanceof UnboundConfigurationPropertiesException) {
            noteGap(name);
        } else {
            noteUnreadable(name, target, failure);
        }
        return null;
    }

    private void noteInvalid(ConfigurationPropertyName record, InvalidSetting invalid) {
        String key = invalid.key();
        int item = key.lastIndexOf("[]");
        Optional<ConfigurationProperty> bare = item < 0 ? Optional.empty() : property(record);
        if (bare.isPresent()) {
            note(record.toString(), bare, "must be an entry with keys of its own, written - " + name(key) + ": …");
            return;
        }
        String place = item < 0 ? key : record + key.substring(item + 2);
        if (!isNotedWithin(place) && !stoodInFor(record.toString(), place)) {
            var problem = new SettingsProblem(place, "", String.valueOf(invalid.getMessage()));
            problems.add(new PropertyOrigin(sources).placed(problem));
        }
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Whether a record complains of a key in a section below its own, which it took as absent after a problem there. */
    private boolean stoodInFor(String record, String key) {
        String section = key.substring(0, key.lastIndexOf('.'));
        return section.startsWith(record + ".") && isNotedWithin(section);
    }

    private void noteGap(ConfigurationPropertyName list) {
        if (!isNotedWithin(list.toString())) {
            note(list.toString(), property(list), "must be numbered from 0 on, without gaps");
        }
    }

    private void noteUnreadable(ConfigurationPropertyName name, Bindable<?> target, Exception failure) {
        Optional<ConfigurationProperty> property = property(name);
        Object value = property.map(ConfigurationProperty::getValue).orElse("");
        Optional<String> unresolved = cause(failure, PlaceholderResolutionException.class)
                .map(PlaceholderResolutionException::getPlaceholder);
        if (unresolved.isPresent()) {
            note(name.toString(), property, "refers to " + unresolved.get() + ", which is not set");
        } else if (!Expectation.isEmptySection(target, value)) {
            note(name.toString(), property, Expectation.broken(name, target, value));
        }
    }

    private void note(String key, Optional<ConfigurationProperty> property, String message) {
        problems.add(new SettingsProblem(key, PropertyOrigins.of(property), message));
    }

    /** Whether there is a problem with this key itself. */
    boolean isNoted(String key) {
        return problems.stream().map(SettingsProblem::key).anyMatch(key::equals);
    }

    /** Whether there is a problem with this key or with one below it. */
    private boolean isNotedWithin(String key) {
        return isNoted(key)
                || problems.stream()
                        .map(SettingsProblem::key)
                        .anyMatch(noted -> noted.startsWith(key + ".") || noted.startsWith(key + "["));
    }

    private Optional<ConfigurationProperty> property(ConfigurationPropertyName name) {
        return sources.stream()
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(name)))
                .findFirst();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
