package dev.sallyport.contract.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a broken keyword says: what the schema wants, never what the document has. The library's own messages may quote a value,
 * so they are not used.
 */
final class KeywordMessages {
    /** For keywords whose value is a number. */
    private static final Map<String, String> BOUNDS = Map.ofEntries(
            Map.entry("minimum", "must be at least %s"),
            Map.entry("maximum", "must be at most %s"),
            Map.entry("exclusiveMinimum", "must be more than %s"),
            Map.entry("exclusiveMaximum", "must be less than %s"),
            Map.entry("multipleOf", "must be a multiple of %s"),
            Map.entry("minLength", "must have at least %s characters"),
            Map.entry("maxLength", "must have at most %s characters"),
            Map.entry("minItems", "must have at least %s items"),
            Map.entry("maxItems", "must have at most %s items"),
            Map.entry("minContains", "must have at least %s of the items that the contract wants"),
            Map.entry("maxContains", "must have at most %s of the items that the contract bounds"),
            Map.entry("minProperties", "must have at least %s members"),
            Map.entry("maxProperties", "must have at most %s members"));

    private static final Map<String, String> OTHERS = Map.of(
            "required", "is required",
            "format", "must be a timestamp of RFC 3339",
            "uniqueItems", "must not have an item twice",
            "enum", "must be one of the values that the contract lists",
            "const", "must be the value that the contract names",
            "additionalProperties", "is not a member that the contract knows",
            "unevaluatedProperties", "is not a member that the contract knows",
            "pattern", "must match the contract's pattern");

    private KeywordMessages() {}

    /** @param bound the keyword's value in the schema, if it was found */
    static String of(String keyword, @Nullable JsonNode bound) {
        @Nullable String words = BOUNDS.get(keyword);
        if (words != null && bound != null && bound.isNumber()) {
            return words.formatted(bound.decimalValue().stripTrailingZeros().toPlainString());
        }
        if (keyword.equals("type") && bound != null) {
            return "must be " + types(bound);
        }
        @Nullable String other = OTHERS.get(keyword);
        return other == null ? "breaks the contract's \"" + keyword + "\"" : other;
    }

    private static String types(JsonNode type) {
        return type.isArray()
                ? String.join(" or ", type.valueStream().map(JsonNode::asString).toList())
                : type.asString();
    }
}
