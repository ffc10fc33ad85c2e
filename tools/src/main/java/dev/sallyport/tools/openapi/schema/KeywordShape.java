package dev.sallyport.tools.openapi.schema;

import dev.sallyport.contract.schema.pattern.LinearPattern;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the value of a keyword must look like. The pack's schemas are held against the meta-schema of JSON Schema 2020-12, and
 * documents in the field often would not pass it.
 *
 * @param expected in words, for the note
 */
record KeywordShape(String expected, Predicate<JsonNode> holds) {
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");
    private static final KeywordShape TEXT = new KeywordShape("a text", JsonNode::isString);
    private static final KeywordShape FLAG = new KeywordShape("true or false", JsonNode::isBoolean);
    private static final KeywordShape NUMBER = new KeywordShape("a number", JsonNode::isNumber);
    private static final KeywordShape COUNT = new KeywordShape("a whole number, not negative", KeywordShape::isCount);
    private static final KeywordShape ANYTHING = new KeywordShape("anything", value -> true);
    private static final KeywordShape NAMES = new KeywordShape("a list of different names", KeywordShape::areNames);
    private static final Map<String, KeywordShape> BOTH = both();
    private static final Map<String, KeywordShape> ONLY_31 = Map.of(
            "const", ANYTHING,
            "minContains", COUNT,
            "maxContains", COUNT,
            "contentEncoding", TEXT,
            "contentMediaType", TEXT,
            "$comment", TEXT,
            "dependentRequired", new KeywordShape("an object of lists of names", KeywordShape::areListsOfNames),
            "exclusiveMinimum", NUMBER,
            "exclusiveMaximum", NUMBER);

    /** The shape of a keyword that holds no schema; empty if this version does not know it. */
    static Optional<KeywordShape> of(String keyword, boolean is31) {
        @Nullable KeywordShape shape = BOTH.get(keyword);
        return Optional.ofNullable(shape == null && is31 ? ONLY_31.get(keyword) : shape);
    }

    private static Map<String, KeywordShape> both() {
        Map<String, KeywordShape> shapes = new HashMap<>();
        Set.of("title", "description", "format").forEach(keyword -> shapes.put(keyword, TEXT));
        Set.of("uniqueItems", "deprecated").forEach(keyword -> shapes.put(keyword, FLAG));
        Set.of("minimum", "maximum").forEach(keyword -> shapes.put(keyword, NUMBER));
        Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
                .forEach(keyword -> shapes.put(keyword, COUNT));
        shapes.put("multipleOf", new KeywordShape("a number above 0", KeywordShape::isPositive));
        shapes.put("default", ANYTHING);
        shapes.put("enum", new KeywordShape("a list", JsonNode::isArray));
        shapes.put("required", NAMES);
        shapes.put(
                "pattern",
                new KeywordShape("a regular expression that matches in linear time", KeywordShape::isPattern));
        shapes.put("type", new KeywordShape("one of the types of JSON Schema", KeywordShape::isType));
        return Map.copyOf(shapes);
    }

    private static boolean isCount(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() >= 0 && isWhole(value);
    }

    private static boolean isWhole(JsonNode value) {
        return value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private static boolean isPositive(JsonNode value) {
        return value.isNumber() && value.decimalValue().signum() > 0;
    }

    private static boolean areNames(JsonNode value) {
        Set<String> seen = new HashSet<>();
        return value.isArray()
                && StreamSupport.stream(value.spliterator(), false)
                        .allMatch(name -> name.isString() && seen.add(name.asString()));
    }

    private static boolean areListsOfNames(JsonNode value) {
        return value.isObject()
                && StreamSupport.stream(value.spliterator(), false).allMatch(KeywordShape::areNames);
    }

    private static boolean isType(JsonNode value) {
        return value.isString()
                ? TYPES.contains(value.asString())
                : areNames(value)
                        && !value.isEmpty()
                        && StreamSupport.stream(value.spliterator(), false)
                                .allMatch(type -> TYPES.contains(type.asString()));
    }

    private static boolean isPattern(JsonNode value) {
        return value.isString() && LinearPattern.isTaken(value.asString());
    }
}
