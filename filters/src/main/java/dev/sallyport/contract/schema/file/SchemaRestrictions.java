package dev.sallyport.contract.schema.file;

import com.networknt.schema.dialect.DialectId;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import dev.sallyport.contract.schema.pattern.LinearPattern;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** What we ask of a schema file beyond the meta-schema: one dialect, and regular expressions that take linear time. */
final class SchemaRestrictions {
    /** Their values are data, not schemas. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private final BiConsumer<Place, String> wrong;

    /**
     * The rules.
     *
     * @param wrong hears of each place that breaks one
     */
    SchemaRestrictions(BiConsumer<Place, String> wrong) {
        this.wrong = wrong;
    }

    /** Holds a schema against them, and all that is in it. */
    void check(Place place, JsonNode schema) {
        if (schema.isArray()) {
            for (int index = 0; index < schema.size(); index++) {
                check(place.below(Integer.toString(index)), schema.get(index));
            }
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            Place below = place.below(member.getKey());
            if (member.getValue().isString()) {
                text(below, member.getKey(), member.getValue().asString());
            } else if (member.getValue().isObject() && member.getKey().equals("patternProperties")) {
                member.getValue().propertyNames().forEach(name -> pattern(below.below(name), name));
            }
            if (!DATA.contains(member.getKey())) {
                check(below, member.getValue());
            }
        }
    }

    private void text(Place place, String keyword, String value) {
        if (keyword.equals("pattern")) {
            pattern(place, value);
        } else if (keyword.equals("$schema") && !value.equals(DialectId.DRAFT_2020_12)) {
            wrong.accept(place, "must be " + DialectId.DRAFT_2020_12 + ", was " + value);
        }
    }

    private void pattern(Place place, String regex) {
        try {
            var unused = new LinearPattern(regex);
        } catch (IllegalArgumentException refused) {
            wrong.accept(place, "is an unsupported regular expression: it " + refused.getMessage());
        }
    }
}
