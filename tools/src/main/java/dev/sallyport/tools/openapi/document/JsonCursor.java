package dev.sallyport.tools.openapi.document;

import dev.sallyport.json.Pointers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A place in the document, and what stands there; possibly nothing.
 *
 * @param pointer as a JSON Pointer
 */
public record JsonCursor(JsonNode node, String pointer) {
    public JsonCursor below(String name) {
        return new JsonCursor(node.path(name), pointer + "/" + Pointers.escaped(name));
    }

    public JsonCursor below(int index) {
        return new JsonCursor(node.path(index), pointer + "/" + index);
    }

    public boolean isThere() {
        return !node.isMissingNode();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** The last step of the way here. */
    public String name() {
        List<String> steps = Pointers.steps(pointer);
        return steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    }

    /** What lies directly below, in the order of the document. */
    public List<JsonCursor> children() {
        List<JsonCursor> children = new ArrayList<>();
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                children.add(below(index));
            }
        } else if (node.isObject()) {
            node.propertyNames().forEach(name -> children.add(below(name)));
        }
        return children;
    }

    /** The text of a member; empty if it has none. */
    public String text(String name) {
        JsonNode member = node.path(name);
        return member.isString() ? member.asString() : "";
    }

    /** Whether a member says yes. */
    public boolean says(String name) {
        JsonNode member = node.path(name);
        return member.isBoolean() && member.booleanValue();
    }
}
