package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.schema.SchemaNode.Member;
import dev.sallyport.json.JsonType;
import dev.sallyport.json.RepeatedNames;
import dev.sallyport.json.Rfc3339;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One walk through the tokens of one document, which tells everything that is wrong with it. Holds the parser and the values that
 * rules look at. Used once, by one thread.
 */
final class DocumentWalk {
    private final JsonParser parser;
    private final byte[] body;
    private final Value[] values;
    private final @Nullable SchemaObserver observer;
    private final boolean namesExact;
    private final WayDown way = new WayDown();

    /** @param namesExact whether names that differ from a member's by case alone are violations */
    DocumentWalk(JsonParser parser, byte[] body, int fields, @Nullable SchemaObserver observer, boolean namesExact) {
        this.namesExact = namesExact;
        this.parser = parser;
        this.body = body;
        this.observer = observer;
        this.values = new Value[fields];
        Arrays.fill(values, Value.MISSING);
    }

    Reading document(SchemaNode schema, FieldList.@Nullable Step picks) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Unreadable("is empty", 0);
        }
        value(first, schema, picks);
        if (parser.nextToken() != null) {
            return new Unreadable(
                    "goes on after the end of its JSON",
                    parser.currentTokenLocation().getByteOffset());
        }
        return new Document(way.violations(), values, first == JsonToken.START_OBJECT);
    }

    private void value(JsonToken token, SchemaNode declared, FieldList.@Nullable Step picks) {
        if (declared == SchemaNode.ANYTHING && picks == null) {
            skip(token);
            return;
        }
        JsonType type = typeOf(token);
        SchemaNode schema = chosen(declared, type);
        if (!schema.allows(type)) {
            way.violation(schema, "type", "must be " + schema.typeNames());
        }
        if (schema.allowed != null && !schema.allowed.contains(scalar(type))) {
            way.violation(schema, "enum", "must be one of the values that the contract lists");
        }
        boolean picked = picks != null && picks.slot() >= 0;
        switch (type) {
            case OBJECT -> container(Kind.OBJECT, schema, picks, picked);
            case ARRAY -> container(Kind.ARRAY, schema, picks, picked);
            case STRING -> string(schema);
            case INTEGER, FRACTION -> number(schema);
            default -> {}
        }
        if (picked && type != JsonType.OBJECT && type != JsonType.ARRAY) {
            keep(picks, Value.scalar(kind(type), type == JsonType.NULL ? "" : parser.getString()));
        }
    }

    /** Nothing is asked of a value here but that no object in it has two members of one name. */
    private void skip(JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            var seen = new RepeatedNames();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                seen.add(parser.currentName(), 0, parser);
                skip(parser.nextToken());
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                skip(next);
            }
        }
    }

    static SchemaNode chosen(SchemaNode schema, JsonType type) {
        SchemaNode current = schema;
        while (current.alternatives != null) {
            @Nullable SchemaNode alternative = current.alternatives.get(type);
            if (alternative == null) {
                return current;
            }
            current = alternative;
        }
        return current;
    }

    private void container(Kind kind, SchemaNode schema, FieldList.@Nullable Step picks, boolean picked) {
        int from = picked ? (int) parser.currentTokenLocation().getByteOffset() : 0;
        if (kind == Kind.OBJECT) {
            object(schema, picks);
        } else {
            array(schema);
        }
        if (picked) {
            int to = (int) parser.currentLocation().getByteOffset();
            keep(picks, Value.container(kind, body, from, to));
        }
    }

    private void keep(FieldList.@Nullable Step picks, Value value) {
        if (picks != null) {
            values[picks.slot()] = value;
        }
    }

    private void object(SchemaNode schema, FieldList.@Nullable Step picks) {
        long missing = schema.requiredBits();
        long count = 0;
        var seen = new RepeatedNames();
        way.down("");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            way.at(name);
            @Nullable Member member = schema.members.get(name);
            seen.add(name, member == null ? 0 : member.bit(), parser);
            if (member == null) {
                unknown(schema, name);
            } else {
                missing &= ~member.requiredBit();
            }
            SchemaNode below = schemaOf(schema, name, member);
            value(parser.nextToken(), below, picks == null ? null : picks.below(name));
            count++;
        }
        way.up();
        if (missing != 0) {
            missing(schema, missing);
        }
        if (observer != null && !schema.members.isEmpty()) {
            observer.members(schema, seen.bits());
        }
        between(schema, count, schema.minProperties, schema.maxProperties, "Properties", "members");
    }

    /** An object whose schema names no member may have any. */
    private void unknown(SchemaNode schema, String name) {
        if (observer != null && !schema.members.isEmpty()) {
            observer.unknownMember(schema, name);
        }
    }

    private SchemaNode schemaOf(SchemaNode schema, String name, @Nullable Member member) {
        if (member != null) {
            return member.schema();
        }
        @Nullable String same = namesExact ? schema.sameButForCase(name) : null;
        if (same != null) {
            way.violation(schema, "case", "differs from " + way.sibling(same) + " by case alone");
            return SchemaNode.ANYTHING;
        }
        if (schema.additional == null) {
            way.violation(schema, "additionalProperties", "is not a member that the contract knows");
            return SchemaNode.ANYTHING;
        }
        return schema.additional;
    }

    private void missing(SchemaNode schema, long bits) {
        for (int index = 0; index < schema.required.size(); index++) {
            if ((bits & (1L << index)) != 0) {
                way.down(schema.required.get(index));
                way.violation(schema, "required", "is required");
                way.up();
            }
        }
    }

    private void array(SchemaNode schema) {
        SchemaNode items = schema.items == null ? SchemaNode.ANYTHING : schema.items;
        int index = 0;
        way.down(0);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            way.at(index++);
            value(token, items, null);
        }
        way.up();
        between(schema, index, schema.minItems, schema.maxItems, "Items", "items");
    }

    private void string(SchemaNode schema) {
        if (observer != null && schema.knownValues != null && isNews(schema.knownValues, parser.getString())) {
            observer.unknownValue(schema);
        }
        if (schema.dateTime && Rfc3339.instant(parser.getString()) == null) {
            way.violation(schema, ValueKeywords.FORMAT, "must be a timestamp of RFC 3339");
        }
        if (schema.boundsLength()) {
            long units = parser.getStringLength();
            boolean plain = units >= 2 * schema.minLength && units <= schema.maxLength;
            long length = plain ? units : codePoints();
            between(schema, length, schema.minLength, schema.maxLength, "Length", "characters");
        }
    }

    /** The empty text means none. */
    private static boolean isNews(Set<String> known, String text) {
        return !text.isEmpty() && !known.contains(text);
    }

    private long codePoints() {
        String text = parser.getString();
        return text.codePointCount(0, text.length());
    }

    private void between(SchemaNode schema, long count, long min, long max, String keyword, String of) {
        if (count < min) {
            way.violation(schema, "min" + keyword, "must have at least " + min + " " + of);
        }
        if (count > max) {
            way.violation(schema, "max" + keyword, "must have at most " + max + " " + of);
        }
    }

    private void number(SchemaNode schema) {
        if (schema.boundsNumber()) {
            BigDecimal number = parser.getDecimalValue();
            bound(schema, schema.minimum, number, 0, "minimum", "must be at least ");
            bound(schema, schema.maximum, number, 0, "maximum", "must be at most ");
            bound(schema, schema.exclusiveMinimum, number, 1, "exclusiveMinimum", "must be more than ");
            bound(schema, schema.exclusiveMaximum, number, 1, "exclusiveMaximum", "must be less than ");
        }
    }

    /** @param least how far inside the bound the number has to be: 0 may touch it, 1 may not */
    private void bound(
            SchemaNode schema, @Nullable BigDecimal bound, BigDecimal number, int least, String keyword, String words) {
        if (bound == null) {
            return;
        }
        int side = keyword.endsWith("inimum") ? number.compareTo(bound) : bound.compareTo(number);
        if (side < least) {
            way.violation(schema, keyword, words + bound.toPlainString());
        }
    }

    private JsonType typeOf(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> JsonType.OBJECT;
            case START_ARRAY -> JsonType.ARRAY;
            case VALUE_STRING -> JsonType.STRING;
            case VALUE_NUMBER_INT -> JsonType.INTEGER;
            case VALUE_NUMBER_FLOAT -> isWhole(parser.getDecimalValue()) ? JsonType.INTEGER : JsonType.FRACTION;
            case VALUE_TRUE, VALUE_FALSE -> JsonType.BOOLEAN;
            default -> JsonType.NULL;
        };
    }

    static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private static Kind kind(JsonType type) {
        return switch (type) {
            case NULL -> Kind.NULL;
            case BOOLEAN -> Kind.BOOLEAN;
            case INTEGER, FRACTION -> Kind.NUMBER;
            case STRING -> Kind.STRING;
            case ARRAY -> Kind.ARRAY;
            case OBJECT -> Kind.OBJECT;
        };
    }

    private Object scalar(JsonType type) {
        return switch (type) {
            case STRING -> parser.getString();
            case INTEGER, FRACTION -> parser.getDecimalValue().stripTrailingZeros();
            case BOOLEAN -> parser.currentToken() == JsonToken.VALUE_TRUE;
            default -> type;
        };
    }
}
