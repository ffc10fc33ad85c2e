package dev.sallyport.gateway.settings.bind;

import dev.sallyport.config.Settings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what an editor completes keys by ({@code spring-configuration-metadata.json}): keys and types as the records have them,
 * defaults and meanings as the tables of the documentation do. The records know no Spring, and Spring's processor asks for its own
 * annotations on them; so the build runs this instead.
 */
public final class SettingsMetadata {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, SettingsTables.Row> documented;
    private final ObjectNode root = JSON.createObjectNode();
    private final ArrayNode groups = root.putArray("groups");
    private final Map<String, ObjectNode> properties = new TreeMap<>();

    private SettingsMetadata(Map<String, SettingsTables.Row> documented) {
        this.documented = documented;
    }

    /** Writes the file: {@code settings.md} and the folder of classes are the arguments. */
    public static void main(String... arguments) throws IOException {
        var metadata = new SettingsMetadata(SettingsTables.of(Path.of(arguments[0])));
        Path file = Files.createDirectories(Path.of(arguments[1], "META-INF"))
                .resolve("spring-configuration-metadata.json");
        Files.writeString(file, metadata.text());
    }

    private String text() {
        section(Settings.PREFIX, Settings.class);
        ArrayNode sorted = root.putArray("properties");
        properties.values().forEach(sorted::add);
        return JSON.writeValueAsString(root) + "\n";
    }

    private void section(String path, Class<?> record) {
        groups.addObject().put("name", path).put("type", record.getName()).put("sourceType", record.getName());
        for (RecordComponent component : record.getRecordComponents()) {
            String name = path + "." + DataObjectPropertyName.toDashedForm(component.getName());
            component(name, component.getGenericType(), record);
        }
    }

    private void component(String name, Type type, Class<?> in) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            component(name, generic.getActualTypeArguments()[0], in);
        } else if (type instanceof Class<?> record && isSection(record)) {
            shortForm(name, in);
            section(name, record);
        } else {
            property(name, type, in);
        }
    }

    /** A section that may be written as one value has a row of its own. */
    private void shortForm(String name, Class<?> in) {
        if (documented.containsKey(name)) {
            property(name, String.class, in);
        }
    }

    private void property(String name, Type type, Class<?> in) {
        ObjectNode property = JSON.createObjectNode().put("name", name).put("type", name(type));
        SettingsTables.Row row = row(name);
        if (row != null) {
            property.put("description", row.meaning());
            row.defaultValue().ifPresent(value -> property.put("defaultValue", value));
        }
        property.put("sourceType", in.getName());
        properties.put(name, property);
    }

    /** That of the key, of what stands below it in a map, or of the value that it is a part of. */
    private SettingsTables.@Nullable Row row(String name) {
        SettingsTables.Row own = documented.getOrDefault(name, documented.get(name + ".*"));
        return own == null ? documented.get(name.substring(0, name.lastIndexOf('.'))) : own;
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            String arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(SettingsMetadata::name)
                    .collect(Collectors.joining(","));
            return name(generic.getRawType()) + "<" + arguments + ">";
        }
        return type.getTypeName();
    }

    private static boolean isSection(Class<?> type) {
        return type.isRecord() && type.getSimpleName().endsWith("Settings");
    }
}
