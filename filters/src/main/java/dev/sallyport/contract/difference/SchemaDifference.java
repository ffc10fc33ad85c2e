package dev.sallyport.contract.difference;

import dev.sallyport.contract.difference.Difference.Kind;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * In what two schema files differ, keyword by keyword. A keyword more refuses more, since all that stand together have to hold;
 * where that is not so, below {@code not}, {@code if} and {@code oneOf}, it is only told that something changed.
 */
final class SchemaDifference {
    private static final Set<String> NOTES = Set.of(
            "$schema",
            "$id",
            "$anchor",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");
    private static final Set<String> UPPER_BOUNDS =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains");
    private static final Set<String> LOWER_BOUNDS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains");
    private static final Set<String> ONE_SCHEMA =
            Set.of("items", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties");
    private static final Set<String> NAMED_SCHEMAS = Set.of("patternProperties", "dependentSchemas");
    private static final JsonNode ANYTHING = JsonNodeFactory.instance.objectNode();

    private final Findings found;
    private final boolean protects;
    private final Set<Place> unclear;

    /**
     * The differences of schemas.
     *
     * @param protects whether the schemas are of session tokens
     * @param unclear places that a schema refers to where more keywords do not refuse more
     */
    SchemaDifference(Findings found, boolean protects, Set<Place> unclear) {
        this.found = found;
        this.protects = protects;
        this.unclear = unclear;
    }

    void between(Place at, JsonNode before, JsonNode after) {
        schema(at, before, after, true);
    }

    private void schema(Place at, JsonNode before, JsonNode after, boolean clear) {
        if (before.equals(after)) {
            return;
        }
        boolean known = clear && !unclear.contains(at);
        if (isNothing(before) || isNothing(after)) {
            add(
                    isNothing(after) ? Kind.TIGHTENED : Kind.LOOSENED,
                    at,
                    isNothing(after) ? "nothing passes" : "something passes, nothing did",
                    known);
            return;
        }
        JsonNode earlier = before.isObject() ? before : ANYTHING;
        JsonNode later = after.isObject() ? after : ANYTHING;
        Set<String> keywords = new TreeSet<>(earlier.propertyNames());
        keywords.addAll(later.propertyNames());
        for (String keyword : keywords) {
            @Nullable JsonNode was = earlier.get(keyword);
            @Nullable JsonNode is = later.get(keyword);
            if (!Objects.equals(was, is)) {
                keyword(at, keyword, was, is, known, earlier, later);
            }
        }
    }

    private static boolean isNothing(JsonNode schema) {
        return schema.isBoolean() && !schema.booleanValue();
    }

    private void keyword(
            Place at,
            String keyword,
            @Nullable JsonNode was,
            @Nullable JsonNode is,
            boolean clear,
            JsonNode earlier,
            JsonNode later) {
        Place place = at.below(keyword);
        if (isNote(keyword, was, is)) {
            return;
        }
        if (ONE_SCHEMA.contains(keyword)) {
            schema(place, or(was), or(is), clear);
        } else if (NAMED_SCHEMAS.contains(keyword)) {
            each(place, was, is, clear);
        } else if (keyword.equals("properties")) {
            properties(place, or(was), or(is), clear, earlier, later);
        } else if (keyword.equals("$defs")) {
            shared(place, or(was), or(is), clear);
        } else if (keyword.equals("not") || keyword.equals("if") || keyword.equals("oneOf")) {
            presence(place, was, is, clear && !keyword.equals("if"));
        } else if (keyword.equals("allOf") || keyword.equals("anyOf")) {
            alternatives(place, was, is, clear, keyword.equals("allOf"));
        } else if (UPPER_BOUNDS.contains(keyword) || LOWER_BOUNDS.contains(keyword)) {
            bound(place, was, is, clear, UPPER_BOUNDS.contains(keyword));
        } else if (keyword.equals("required")) {
            items(place, was, is, clear, Kind.TIGHTENED, Kind.LOOSENED);
        } else if ((keyword.equals("enum") || keyword.equals("type")) && was != null && is != null) {
            values(place, was, is, clear);
        } else {
            presence(place, was, is, clear);
        }
    }

    private static boolean isNote(String keyword, @Nullable JsonNode was, @Nullable JsonNode is) {
        boolean isOfForm = keyword.equals("format") && !isDateTime(was) && !isDateTime(is);
        boolean isExtension =
                keyword.startsWith("x-") && !keyword.equals("x-extensible-enum") && !keyword.equals("x-separator");
        return NOTES.contains(keyword) || isOfForm || isExtension;
    }

    private static boolean isDateTime(@Nullable JsonNode format) {
        return format != null && format.asString("").equals(SchemaFiles.DATE_TIME);
    }

    private static JsonNode or(@Nullable JsonNode schema) {
        return schema == null ? ANYTHING : schema;
    }

    private void each(Place at, @Nullable JsonNode was, @Nullable JsonNode is, boolean clear) {
        JsonNode earlier = or(was);
        JsonNode later = or(is);
        for (String name : names(earlier, later)) {
            schema(at.below(name), or(earlier.get(name)), or(later.get(name)), clear);
        }
    }

    private static Set<String> names(JsonNode earlier, JsonNode later) {
        Set<String> names = new TreeSet<>(earlier.propertyNames());
        names.addAll(later.propertyNames());
        return names;
    }

    /** A member that is named: where others may not be there, that lets it in. */
    private void properties(Place at, JsonNode was, JsonNode is, boolean clear, JsonNode earlier, JsonNode later) {
        for (String name : names(was, is)) {
            Place place = at.below(name);
            if (was.has(name) && is.has(name)) {
                schema(place, was.get(name), is.get(name), clear);
            } else {
                boolean comes = is.has(name);
                JsonNode others = (comes ? earlier : later).path("additionalProperties");
                boolean letsIn = isNothing(others);
                boolean known = clear && (letsIn || !others.isObject());
                add(
                        comes == letsIn ? Kind.LOOSENED : Kind.TIGHTENED,
                        place,
                        comes ? "is named, was not" : "is no longer named",
                        known);
            }
        }
    }

    /** What refers to them tells of those that come and go. */
    private void shared(Place at, JsonNode was, JsonNode is, boolean clear) {
        for (String name : names(was, is)) {
            if (was.has(name) && is.has(name)) {
                schema(at.below(name), was.get(name), is.get(name), clear);
            }
        }
    }

    private void alternatives(Place at, @Nullable JsonNode was, @Nullable JsonNode is, boolean clear, boolean all) {
        int before = was == null ? 0 : was.size();
        int after = is == null ? 0 : is.size();
        if (!all && (before == 0 || after == 0)) {
            presence(at, was, is, clear);
            return;
        }
        for (int index = 0; index < Math.min(before, after); index++) {
            schema(at.below(Integer.toString(index)), or(was).get(index), or(is).get(index), clear);
        }
        for (int index = Math.min(before, after); index < Math.max(before, after); index++) {
            boolean comes = index < after;
            add(
                    comes == all ? Kind.TIGHTENED : Kind.LOOSENED,
                    at.below(Integer.toString(index)),
                    comes ? "is there as well" : "is no longer there",
                    clear);
        }
    }

    private void bound(Place at, @Nullable JsonNode was, @Nullable JsonNode is, boolean clear, boolean upper) {
        if (was == null || is == null) {
            presence(at, was, is, clear);
            return;
        }
        int more = is.decimalValue().compareTo(was.decimalValue());
        if (more != 0) {
            value(more < 0 == upper ? Kind.TIGHTENED : Kind.LOOSENED, at, was, is, clear);
        }
    }

    /** A list of what may be; an integer is a number. */
    private void values(Place at, JsonNode was, JsonNode is, boolean clear) {
        items(at, allowed(was), allowed(is), clear, Kind.LOOSENED, Kind.TIGHTENED);
    }

    private static Set<String> allowed(JsonNode values) {
        Set<String> allowed = Findings.items(values);
        if (allowed.contains("number")) {
            allowed.add("integer");
        }
        return allowed;
    }

    private void items(
            Place at, @Nullable JsonNode was, @Nullable JsonNode is, boolean clear, Kind added, Kind removed) {
        items(at, Findings.items(was), Findings.items(is), clear, added, removed);
    }

    private void items(Place at, Set<String> was, Set<String> is, boolean clear, Kind added, Kind removed) {
        found.items(clear ? added : Kind.CHANGED, clear ? removed : Kind.CHANGED, at.toString(), was, is, protects);
    }

    /** Refuses where it is there; two that differ cannot be compared. */
    private void presence(Place at, @Nullable JsonNode was, @Nullable JsonNode is, boolean clear) {
        value(was == null ? Kind.TIGHTENED : is == null ? Kind.LOOSENED : Kind.CHANGED, at, was, is, clear);
    }

    private void value(Kind kind, Place at, @Nullable JsonNode was, @Nullable JsonNode is, boolean clear) {
        found.value(clear ? kind : Kind.CHANGED, at.toString(), was, is, protects);
    }

    private void add(Kind kind, Place at, String what, boolean clear) {
        found.add(clear ? kind : Kind.CHANGED, at.toString(), what, protects);
    }
}
