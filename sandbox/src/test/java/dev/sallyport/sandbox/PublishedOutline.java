package dev.sallyport.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The structure of every body that the provider publishes, as {@code sallyport contracts import --outline} prints it: for each
 * field its pointer, type, whether it is required, and its values. What begins with an equals sign is a shape, told elsewhere.
 */
final class PublishedOutline {
    private static final Pattern LINE = Pattern.compile("  (\\S+) (\\S+?) (required|optional)(?: enum (.*))?");
    private static final String WHOLE = "(whole)";

    private final Map<String, Map<String, Field>> sections = new LinkedHashMap<>();

    private PublishedOutline() {}

    private record Field(String type, boolean required, Set<String> values) {}

    static PublishedOutline of(Path file) throws IOException {
        var outline = new PublishedOutline();
        Map<String, Field> section = Map.of();
        for (String text : Files.readAllLines(file)) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                String pointer = line.group(1).equals(WHOLE) ? "" : line.group(1);
                Set<String> values =
                        line.group(4) == null ? Set.of() : Set.of(line.group(4).split(",", -1));
                section.put(pointer, new Field(line.group(2), line.group(3).equals("required"), values));
            } else if (!text.startsWith("#")) {
                section = new LinkedHashMap<>();
                outline.sections.put(text, section);
            }
        }
        return outline;
    }

    /**
     * What a body has otherwise than it is published. Null stands for what is absent: the provider sends it for what is optional.
     *
     * @param body such as {@code POST /path reply}
     */
    List<String> departures(String body, JsonNode value) {
        List<String> departures = new ArrayList<>();
        check(body, "", value, "", departures);
        return departures;
    }

    private void check(String section, String pointer, JsonNode value, String at, List<String> departures) {
        Map<String, Field> fields = Objects.requireNonNull(sections.get(section), section);
        Field field = Objects.requireNonNull(fields.get(pointer), section + pointer);
        if (field.type().startsWith("=")) {
            check(field.type(), "", value, at, departures);
        } else if (!is(field.type(), value)) {
            departures.add(at + " is no " + field.type());
        } else if (!field.values().isEmpty() && !field.values().contains(value.asString())) {
            departures.add(at + " is none of " + field.values());
        } else if (value.isArray()) {
            value.forEach(each -> check(section, pointer + "/[]", each, at + "/[]", departures));
        } else if (value.isObject()) {
            checkMembers(section, pointer, value, at, departures);
        }
    }

    /** An object of which no member is published may have any. */
    private void checkMembers(String section, String pointer, JsonNode object, String at, List<String> departures) {
        Map<String, Field> members = members(section, pointer + "/");
        if (members.isEmpty()) {
            return;
        }
        object.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> {
                    String name = "/" + member.getKey();
                    if (members.containsKey(member.getKey())) {
                        check(section, pointer + name, member.getValue(), at + name, departures);
                    } else {
                        departures.add(at + name + " is not published");
                    }
                });
        members.forEach((name, member) -> {
            if (member.required() && !object.hasNonNull(name)) {
                departures.add(at + "/" + name + " is missing");
            }
        });
    }

    private Map<String, Field> members(String section, String prefix) {
        return Objects.requireNonNull(sections.get(section)).entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith(prefix) && each.getKey().lastIndexOf('/') == prefix.length() - 1)
                .collect(Collectors.toMap(each -> each.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("not known: " + type);
        };
    }
}
