package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
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

    Optional<ObjectNode> object(String name) {
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
