package dev.sallyport.gateway.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The keys that settings records take, read off their components. */
final class KnownKeys {
    private static final String OURS = "dev.sallyport.config";

    private final Class<?> root;

    KnownKeys(Class<?> root) {
        this.root = root;
    }

    /** Whether a name (its first step is the prefix) leads to a setting. */
    boolean knows(ConfigurationPropertyName name) {
        @Nullable Type type = root;
        for (int step = 1; step < name.getNumberOfElements(); step++) {
            type = type == null ? null : below(type, name, step);
        }
        return type != null;
    }

    /** The known key that looks most like an unknown one. */
    String nearest(ConfigurationPropertyName name) {
        String wanted = name.toString();
        return all().stream()
                .min(Comparator.comparingInt(known -> distance(known, wanted)))
                .orElseThrow();
    }

    private static @Nullable Type below(Type type, ConfigurationPropertyName name, int step) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return name.isNumericIndex(step) ? generic.getActualTypeArguments()[0] : null;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return generic.getActualTypeArguments()[1];
        }
        return type instanceof Class<?> record && isSettings(record) ? component(record, name, step) : null;
    }

    private static @Nullable Type component(Class<?> record, ConfigurationPropertyName name, int step) {
        String wanted = name.getElement(step, Form.UNIFORM);
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getName().toLowerCase(Locale.ROOT).equals(wanted)) {
                return plain(component.getGenericType());
            }
        }
        return null;
    }

    /** An optional setting is written like any other. */
    private static Type plain(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    /** Ours, and made of settings; not a value such as a size. */
    private static boolean isSettings(Class<?> type) {
        return type.isRecord()
                && type.getPackageName().equals(OURS)
                && (type.getSimpleName().endsWith("Settings")
                        || type.getSimpleName().endsWith("Modes"));
    }

    private List<String> all() {
        List<String> keys = new ArrayList<>();
        collect("sallyport", root, keys);
        return keys;
    }

    private static void collect(String prefix, Type type, List<String> keys) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            collect(prefix + "[]", generic.getActualTypeArguments()[0], keys);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            collect(prefix + ".<operation>", generic.getActualTypeArguments()[1], keys);
        } else if (type instanceof Class<?> record && isSettings(record)) {
            keys.add(prefix);
            for (RecordComponent component : record.getRecordComponents()) {
                collect(prefix + "." + kebab(component.getName()), plain(component.getGenericType()), keys);
            }
        } else {
            keys.add(prefix);
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's. */
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                int moved = Math.min(above[column], current[column - 1]) + 1;
                current[column] = Math.min(moved, above[column - 1] + change);
            }
            above = current;
        }
        return above[right.length()];
    }
}
