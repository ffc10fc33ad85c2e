package dev.sallyport.capture.replay;

import dev.sallyport.capture.Mask;
import dev.sallyport.capture.Mask.Kind;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document in the shape of one that was masked: strings as long as they were and equal where they were, objects and arrays
 * as large as they were and with as many members or items.
 */
final class Placeholders {
    /** More than the largest reply that a gateway reads; a capture that claims more is not one. */
    private static final long LARGEST = 64L << 20;

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final MaskedPaths marks = new MaskedPaths();
    private final JsonNode document;
    private long length;

    Placeholders(JsonNode masked) throws UnreadableLine {
        this.document = node(masked, "");
    }

    MaskedPaths marks() {
        return marks;
    }

    byte[] json() {
        return JSON.writeValueAsBytes(document);
    }

    /** The members as parameters of a query. */
    byte[] query() {
        List<String> parameters = new ArrayList<>();
        document.forEachEntry((name, value) -> {
            List<JsonNode> values = value.isArray() ? value.valueStream().toList() : List.of(value);
            values.forEach(each -> parameters.add(encoded(name) + "=" + encoded(each.asString(""))));
        });
        return String.join("&", parameters).getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode node(JsonNode masked, String pointer) throws UnreadableLine {
        if (masked.isString()) {
            @Nullable Mask mask = Mask.parse(masked.asString());
            return mask == null ? masked : marked(mask, pointer);
        }
        if (masked.isObject()) {
            return object(masked, pointer);
        }
        if (masked.isArray()) {
            var array = NODES.arrayNode();
            for (int index = 0; index < masked.size(); index++) {
                array.add(node(masked.get(index), MaskedPaths.below(pointer, Integer.toString(index))));
            }
            return array;
        }
        return masked;
    }

    private JsonNode object(JsonNode masked, String pointer) throws UnreadableLine {
        ObjectNode object = NODES.objectNode();
        for (var member : masked.properties()) {
            @Nullable Mask name = Mask.parse(member.getKey());
            if (name != null) {
                marks.name(pointer, name);
            }
            object.set(member.getKey(), node(member.getValue(), MaskedPaths.below(pointer, member.getKey())));
        }
        return object;
    }

    private JsonNode marked(Mask mask, String pointer) throws UnreadableLine {
        length += Math.max(mask.bytes(), mask.count());
        if (length > LARGEST) {
            throw new UnreadableLine("claims to be larger than any body");
        }
        marks.value(pointer, mask);
        return switch (mask.kind()) {
            case STRING, JWT, NAME -> NODES.stringNode(text(mask));
            case INTEGER -> NODES.numberNode(1);
            case FRACTION -> NODES.numberNode(new BigDecimal("0.5"));
            case BOOLEAN -> NODES.booleanNode(true);
            case OBJECT, ARRAY -> sized(mask, pointer);
        };
    }

    /** No text that is written as it is begins with a tilde, so this is like none that a contract names. */
    private static String text(Mask mask) {
        String number = Integer.toString(mask.number(), Character.MAX_RADIX);
        return "~".repeat(Math.max(0, mask.count() - number.length()))
                + number.substring(Math.max(0, number.length() - mask.count()));
    }

    /** The size wins over the number of members or items: where both cannot be had, there are none. */
    private JsonNode sized(Mask mask, String pointer) {
        boolean object = mask.kind() == Kind.OBJECT;
        long least = 1 + mask.count() * (object ? 6L : 2L);
        String json = mask.count() > 0 && least > mask.bytes() ? "" : filled(mask, object);
        if (json.isEmpty() || (mask.count() > 0 && json.length() > mask.bytes())) {
            marks.unlike(pointer);
            return object ? NODES.objectNode() : NODES.arrayNode();
        }
        return JSON.readTree(json);
    }

    private static String filled(Mask mask, boolean object) {
        var json = new StringBuilder(object ? "{" : "[");
        for (int index = 0; index < mask.count(); index++) {
            json.append(index == 0 ? "" : ",");
            json.append(object ? "\"" + Integer.toString(index, Character.MAX_RADIX) + "\":" : "");
            json.append(index == mask.count() - 1 ? last(mask.bytes() - json.length() - 1) : "0");
        }
        return json.append(object ? '}' : ']').toString();
    }

    /** A value of so many bytes, at least one. */
    private static String last(int bytes) {
        return bytes < 2 ? "0" : "\"" + "~".repeat(bytes - 2) + "\"";
    }
}
