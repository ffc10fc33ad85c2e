package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.schema.Shape.NamedMember;
import dev.sallyport.json.JsonType;
import dev.sallyport.json.Rfc3339;
import dev.sallyport.json.bytes.AnyValue;
import dev.sallyport.json.bytes.ByteNames;
import dev.sallyport.json.bytes.ByteNames.Name;
import dev.sallyport.json.bytes.InDoubt;
import dev.sallyport.json.bytes.JsonBytes;
import dev.sallyport.json.bytes.NamesSoFar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the bytes of one document, to see that it is in order and to pick the values that rules look at. It ends in doubt
 * at the first thing that is not, and wherever an answer would take more than is here; {@link DocumentWalk} then starts again.
 * What is in order here is so there, with the same values. Each step is given the place where something begins and returns the
 * place behind it. Used once, by one thread.
 */
final class ByteWalk {
    private static final Value TRUE = Value.scalar(Kind.BOOLEAN, "true");
    private static final Value FALSE = Value.scalar(Kind.BOOLEAN, "false");
    private static final Value NULL = Value.scalar(Kind.NULL, "");
    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    private final byte[] body;
    private final NamesSoFar unnumbered;
    private final AnyValue anything;
    private final Value[] values;
    private final @Nullable SchemaObserver observer;
    private final boolean namesExact;
    private @Nullable List<Runnable> sightings;

    /** @param namesExact whether names that differ from a member's by case alone are violations */
    ByteWalk(byte[] body, int mostDepth, int fields, @Nullable SchemaObserver observer, boolean namesExact) {
        this.body = body;
        this.unnumbered = new NamesSoFar(body);
        this.anything = new AnyValue(body, mostDepth, unnumbered);
        this.observer = observer;
        this.namesExact = namesExact;
        this.values = new Value[fields];
        Arrays.fill(values, Value.MISSING);
    }

    /** The document, which breaks nothing. */
    Document document(Shape shape) {
        int first = JsonBytes.next(body, 0);
        int end = JsonBytes.next(body, value(shape, first, 0));
        sure(end == body.length);
        if (sightings != null) {
            sightings.forEach(Runnable::run);
        }
        return new Document(List.of(), values, body[first] == '{');
    }

    private int value(Shape shape, int at, int depth) {
        if (shape.anything) {
            return anything.end(at, depth);
        }
        return switch (JsonBytes.at(body, at)) {
            case '"' -> string(shape.of(JsonType.STRING), at);
            case '{' -> object(shape.of(JsonType.OBJECT), at, depth + 1);
            case '[' -> array(shape.of(JsonType.ARRAY), at, depth + 1);
            case 't' -> word(shape.of(JsonType.BOOLEAN), at, "true", TRUE, true);
            case 'f' -> word(shape.of(JsonType.BOOLEAN), at, "false", FALSE, false);
            case 'n' -> word(shape.of(JsonType.NULL), at, "null", NULL, JsonType.NULL);
            default -> number(shape, at);
        };
    }

    private int object(Shape shape, int from, int depth) {
        int mark = unnumbered.mark();
        long missing = shape.required;
        long came = 0;
        long bits = 0;
        int count = 0;
        @Nullable Name name = shape.names.beforeFirst();
        int at = anything.enter(from, '}', depth);
        while (at > 0) {
            @Nullable Name previous = name;
            name = previous == null ? null : previous.next();
            int nameEnd = name == null ? ByteNames.NONE : name.end(body, at);
            if (nameEnd < 0) {
                nameEnd = JsonBytes.nameEnd(body, at);
                name = shape.names.find(body, at + 1, nameEnd);
                if (previous != null) {
                    previous.cameNext(name);
                }
            }
            if (name != null && name.index() < Long.SIZE) {
                long bit = 1L << name.index();
                sure((came & bit) == 0);
                came |= bit;
            } else {
                unnumbered.add(mark, at + 1, nameEnd);
            }
            @Nullable NamedMember member = name == null ? null : shape.members[name.index()];
            if (member != null && member.named()) {
                missing &= ~member.requiredBit();
                bits |= member.bit();
            } else {
                unknown(shape, at + 1, nameEnd);
            }
            Shape below = known(member == null ? shape.additional : member.shape());
            at = JsonBytes.more(body, value(below, JsonBytes.afterColon(body, nameEnd), depth), '}');
            count++;
        }
        unnumbered.release(mark);
        sure(missing == 0);
        if (observer != null && shape.namesMembers) {
            observer.members(shape.node, bits);
        }
        sure(count >= shape.minMembers && count <= shape.maxMembers);
        return kept(shape, Kind.OBJECT, from, -at);
    }

    private static void sure(boolean certain) {
        if (!certain) {
            throw new InDoubt();
        }
    }

    private static Shape known(@Nullable Shape shape) {
        if (shape == null) {
            throw new InDoubt();
        }
        return shape;
    }

    /** An object whose schema names no member may have any. */
    private void unknown(Shape shape, int from, int to) {
        if (!shape.namesMembers || (observer == null && !namesExact)) {
            return;
        }
        SchemaNode schema = shape.node;
        String name = JsonBytes.text(body, from, to);
        sure(!namesExact || schema.sameButForCase(name) == null);
        if (observer != null) {
            SchemaObserver told = observer;
            later(() -> told.unknownMember(schema, name));
        }
    }

    /** What is counted is told once the document is known to be in order: if it is not, the other walk tells it. */
    private void later(Runnable sighting) {
        if (sightings == null) {
            sightings = new ArrayList<>();
        }
        sightings.add(sighting);
    }

    private int array(Shape shape, int from, int depth) {
        int count = 0;
        int at = anything.enter(from, ']', depth);
        while (at > 0) {
            at = JsonBytes.more(body, value(shape.items, at, depth), ']');
            count++;
        }
        sure(count >= shape.minItems && count <= shape.maxItems);
        return kept(shape, Kind.ARRAY, from, -at);
    }

    private static void between(long count, long min, long max) {
        sure(count >= min && count <= max);
    }

    private int kept(Shape shape, Kind kind, int from, int to) {
        if (shape.slot >= 0) {
            values[shape.slot] = Value.container(kind, body, from, to);
        }
        return to;
    }

    private int word(Shape shape, int at, String word, Value value, Object allowed) {
        int end = JsonBytes.wordEnd(body, at, word);
        sure(shape.node.allowed == null || shape.node.allowed.contains(allowed));
        if (shape.slot >= 0) {
            values[shape.slot] = value;
        }
        return end;
    }

    private int string(Shape shape, int at) {
        int end = JsonBytes.stringEnd(body, at);
        if (end < 0) {
            byte[] plain = JsonBytes.unescaped(body, at + 1, ~end);
            text(shape, plain, 0, plain.length);
            return ~end + 1;
        }
        text(shape, body, at + 1, end);
        return end + 1;
    }

    /** A text without escapes, in the body or apart from it. */
    private void text(Shape shape, byte[] text, int from, int to) {
        if (shape.asksOfText) {
            asked(shape, text, from, to);
        }
        if (shape.slot >= 0) {
            values[shape.slot] = Value.written(Kind.STRING, text, from, to);
        }
    }

    private void asked(Shape shape, byte[] text, int from, int to) {
        sure(shape.allowedTexts == null || shape.allowedTexts.has(text, from, to));
        if (observer != null && shape.knownTexts != null && from < to && !shape.knownTexts.has(text, from, to)) {
            SchemaObserver told = observer;
            later(() -> told.unknownValue(shape.node));
        }
        sure(!shape.dateTime || Rfc3339.isTimestamp(text, from, to));
        length(text, from, to, shape.minLength, shape.maxLength);
    }

    /** Characters are counted only where the number of bytes does not tell: every byte begins one that continues none. */
    private static void length(byte[] text, int from, int to, int min, int max) {
        int bytes = to - from;
        if (bytes > max || bytes <= MOST_BYTES_OF_A_CHARACTER * (min - 1L)) {
            int characters = 0;
            for (int index = from; index < to; index++) {
                characters += (text[index] & 0xC0) == 0x80 ? 0 : 1;
            }
            between(characters, min, max);
        }
    }

    private int number(Shape declared, int at) {
        int end = JsonBytes.numberEnd(body, at);
        int to = JsonBytes.unsigned(end);
        boolean whole = end >= 0 || DocumentWalk.isWhole(fraction(at, to));
        Shape shape = declared.of(whole ? JsonType.INTEGER : JsonType.FRACTION);
        SchemaNode schema = shape.node;
        sure(schema.allowed == null || schema.allowed.contains(fraction(at, to).stripTrailingZeros()));
        if (schema.boundsNumber()) {
            sure(end >= 0);
            between(JsonBytes.whole(body, at, end), shape.least, shape.most);
        }
        if (shape.slot >= 0) {
            values[shape.slot] = Value.written(Kind.NUMBER, body, at, to);
        }
        return to;
    }

    /** One with an exponent may be beyond all arithmetic. */
    private BigDecimal fraction(int from, int to) {
        String text = JsonBytes.text(body, from, to);
        sure(text.indexOf('e') < 0 && text.indexOf('E') < 0);
        return new BigDecimal(text);
    }
}
