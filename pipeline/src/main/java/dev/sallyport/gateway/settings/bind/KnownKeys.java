package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.settings.problem.NearestKey;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The keys that settings records take, read off their components. */
public final class KnownKeys {
    private final List<KnownKey> keys = new ArrayList<>();

    /** The keys below our prefix. */
    public KnownKeys(Class<?> root) {
        collect(Settings.PREFIX, root);
    }

    boolean contains(ConfigurationPropertyName name) {
        return keys.stream().anyMatch(key -> key.isNamedBy(name));
    }

    boolean containsVariable(String variable) {
        return keys.stream().anyMatch(key -> key.isSetBy(variable));
    }

    /** The key that a variable sets, unless it is one of many in a list or a map. */
    Optional<String> singleKeyOf(String variable) {
        return keys.stream()
                .filter(key ->
                        !key.path().contains(KnownKey.ITEM) && !key.path().contains(KnownKey.ANY))
                .filter(key -> key.isSetBy(variable))
                .map(KnownKey::path)
                .findFirst();
    }

    /** The known key that was most likely meant by an unknown one. */
    Optional<String> nearest(String unknown) {
        return NearestKey.nearest(unknown.replaceAll("\\[\\d+]", "[]"), values());
    }

    /** Keys at which a value stands, rather than a section or a list. */
    public List<String> values() {
        return keys.stream().filter(KnownKey::isValue).map(KnownKey::path).toList();
    }

    /** The environment variable that was most likely meant by an unknown one. */
    Optional<String> nearestVariable(String unknown) {
        var known =
                keys.stream().filter(KnownKey::isValue).map(KnownKey::variable).toList();
        return NearestKey.nearest(unknown, known);
    }

    private void collect(String path, Type type) {
        if (type instanceof ParameterizedType generic) {
            collectGeneric(path, generic);
        } else if (type instanceof Class<?> record && isSection(record)) {
            keys.add(new KnownKey(path, false));
            for (RecordComponent component : record.getRecordComponents()) {
                String name = DataObjectPropertyName.toDashedForm(component.getName());
                collect(path + "." + name, component.getGenericType());
            }
        } else {
            keys.add(new KnownKey(path, true));
        }
    }

    private void collectGeneric(String path, ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            collect(path, arguments[0]);
            return;
        }
        Type element = arguments[arguments.length - 1];
        if (generic.getRawType() == Map.class) {
            keys.add(new KnownKey(path, false));
            collect(path + KnownKey.ANY, element);
        } else if (element instanceof Class<?> record && isSection(record)) {
            keys.add(new KnownKey(path, false));
            collect(path + KnownKey.ITEM, element);
        } else {
            keys.add(new KnownKey(path, true)); // written with commas, too
            keys.add(new KnownKey(path + KnownKey.ITEM, false));
        }
    }

    /** Made of settings; not a value such as a size. */
    private static boolean isSection(Class<?> type) {
        return type.isRecord() && type.getSimpleName().endsWith("Settings");
    }
}
