package dev.sallyport.capture;

import dev.sallyport.json.QueryText;
import dev.sallyport.json.QueryText.Doubtful;
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

    /** The query as an object; null if it could be read in two ways. */
    static @Nullable ObjectNode decoded(String query) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        try {
            QueryText.parameters(query.getBytes(StandardCharsets.UTF_8))
                    .forEach(parameter -> add(object, parameter.name(), parameter.value()));
            return object;
        } catch (Doubtful doubtful) {
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
}
