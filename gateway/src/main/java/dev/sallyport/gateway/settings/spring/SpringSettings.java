package dev.sallyport.gateway.settings.spring;

import dev.sallyport.gateway.settings.problem.PropertyOrigins;
import dev.sallyport.gateway.settings.problem.SettingsProblem;
import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Spring's own settings, read here as well, because Spring tells of a mistake late, by a stack trace, or not at all. */
public final class SpringSettings {
    private static final List<Class<?>> VALUES = List.of(
            Number.class,
            Boolean.class,
            Enum.class,
            Duration.class,
            DataSize.class,
            InetAddress.class,
            Charset.class,
            URI.class,
            File.class);

    /** The class path stays, and reloads read settings again. */
    static final SpringMetadata METADATA = SpringMetadata.ofClassPath();

    private static final Map<SetKeys.Key, Bindable<?>> CHECKED = checked();

    private final List<ConfigurationPropertySource> sources;

    /** Those of an environment, most important first. */
    public SpringSettings(List<ConfigurationPropertySource> sources) {
        this.sources = sources;
    }

    /** Keys that are none. */
    public List<SettingsProblem> unknownKeys() {
        return new SpringKeys(METADATA).problems(sources);
    }

    /**
     * Reads every property that is set.
     *
     * @param problems hears of those that cannot be read
     * @return what can be read and not be served with, without its place
     */
    public List<SettingsProblem> read(Binder binder, BindHandler problems) {
        binder.bind("logging.level", Bindable.mapOf(String.class, LogLevel.class), problems);
        var set = new SetKeys(sources);
        CHECKED.forEach((key, value) -> {
            if (set.contains(key)) {
                binder.bind(key.name(), value, problems);
            }
        });
        return new UnservedSettings(binder, problems, key -> set.contains(SetKeys.Key.of(key)), this::isShipped)
                .problems();
    }

    private static Map<SetKeys.Key, Bindable<?>> checked() {
        Map<SetKeys.Key, Bindable<?>> checked = new LinkedHashMap<>();
        for (SpringProperty property : METADATA.all()) {
            ResolvableType type = property.type().orElse(ResolvableType.NONE);
            if (!property.isGone() && isChecked(type)) {
                checked.put(SetKeys.Key.of(property.name()), Bindable.of(type));
            }
        }
        return checked;
    }

    /** Values that cannot be mistaken, and collections of beans that are made of such. */
    private static boolean isChecked(ResolvableType type) {
        Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
        boolean isCollection = Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw);
        Class<?> last = type.getGenerics().length == 0
                ? Object.class
                : type.getGeneric(type.getGenerics().length - 1).resolve(Object.class);
        return VALUES.stream().anyMatch(value -> value.isAssignableFrom(raw))
                || (isCollection && last.getName().startsWith("org.springframework.") && !last.isInterface());
    }

    /** Whether what is in force is what the product brings along, and nothing of an operator's. */
    private boolean isShipped(String key) {
        var name = ConfigurationPropertyName.of(key);
        return sources.stream()
                .flatMap(source -> Stream.ofNullable(source.getConfigurationProperty(name)))
                .findFirst()
                .filter(PropertyOrigins::isShipped)
                .isPresent();
    }
}
