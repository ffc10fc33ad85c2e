package dev.sallyport.capture;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A query as an object: what is said once is a string, what is said more often an array. */
final class Query {
    private Query() {}

    /** What stands behind the question mark of a request target, as it was written. */
    static String written(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** The query as an object; null if it cannot be decoded. */
    static @Nullable ObjectNode decoded(String query) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        try {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!pair.isEmpty()) {
                    add(object, plain(name), plain(equals < 0 ? "" : pair.substring(equals + 1)));
                }
            }
            return object;
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }

    private static void add(ObjectNode object, String name, String value) {
        @Nullable JsonNode known = object.get(name);
        if (known == null) {
            object.put(name, value);
        } else if (known.isArray()) {
            known.asArray().add(value);
        } else {
            object.putArray(name).add(known).add(value);
        }
    }

    private static String plain(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
