package dev.sallyport.contract.openapi;

import dev.sallyport.contract.Pointers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A place in the document, and what stands there; possibly nothing.
 *
 * @param pointer as a JSON Pointer
 */
record Spot(JsonNode node, String pointer) {
    Spot below(String name) {
        return new Spot(node.path(name), pointer + "/" + Pointers.escaped(name));
    }

    Spot below(int index) {
        return new Spot(node.path(index), pointer + "/" + index);
    }

    boolean isThere() {
        return !node.isMissingNode();
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** The last step of the way here. */
    String name() {
        List<String> steps = Pointers.steps(pointer);
        return steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    }

    /** What lies directly below, in the order of the document. */
    List<Spot> children() {
        List<Spot> children = new ArrayList<>();
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
    String text(String name) {
        JsonNode member = node.path(name);
        return member.isString() ? member.asString() : "";
    }

    /** Whether a member says yes. */
    boolean says(String name) {
        JsonNode member = node.path(name);
        return member.isBoolean() && member.booleanValue();
    }
}
