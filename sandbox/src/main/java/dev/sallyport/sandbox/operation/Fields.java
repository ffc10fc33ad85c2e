package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request body, member by member. Null counts as absent; a wrong type, or a required member that is missing, refuses. */
public record Fields(ObjectNode body) {
    public static Fields none() {
        return new Fields(Json.object());
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> Refusal.of(ErrorType.BAD_REQUEST));
    }

    public Optional<String> text(String name) {
        return present(name).map(node -> {
            require(node.isString());
            return node.stringValue();
        });
    }

    Optional<Integer> integer(String name) {
        return present(name).map(node -> {
            require(node.isIntegralNumber() && node.canConvertToInt());
            return node.intValue();
        });
    }

    /** One of several members that exclude each other: its name and its value. */
    public record Selected(String by, String value) {
        @Override
        public String toString() {
            return "Selected[" + by + "]";
        }
    }

    /** Returns the one of these members that is there; refuses unless exactly one is. */
    public Selected onlyOneOf(List<String> names, ErrorType none, ErrorType several) {
        return atMostOneOf(names, several).orElseThrow(() -> Refusal.of(none));
    }

    /** Returns the one of these members that is there, if any; refuses if several are. */
    Optional<Selected> atMostOneOf(List<String> names, ErrorType several) {
        List<Selected> selected = names.stream()
                .flatMap(name -> text(name).map(value -> new Selected(name, value)).stream())
                .toList();
        if (selected.size() > 1) {
            throw Refusal.of(several);
        }
        return selected.stream().findFirst();
    }

    /** Returns the members of an object within. */
    public Optional<Fields> fields(String name) {
        return object(name).map(Fields::new);
    }

    public Optional<ObjectNode> object(String name) {
        return present(name).map(node -> {
            require(node.isObject());
            return (ObjectNode) node;
        });
    }

    private Optional<JsonNode> present(String name) {
        return Optional.ofNullable(body.get(name)).filter(node -> !node.isNull());
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw Refusal.of(ErrorType.BAD_REQUEST);
        }
    }

    @Override
    public String toString() {
        return "Fields" + body.propertyNames();
    }
}
