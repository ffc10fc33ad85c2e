package dev.sallyport.json;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import java.math.BigDecimal;
import java.util.Comparator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Whether two values are the same JSON value: numbers by what they are worth, objects whatever the order of their members.
 * What cannot be read, a number beyond all arithmetic in it, is the same as nothing.
 */
public final class SameValue {
    private static final Comparator<JsonNode> LEAVES = SameValue::compareLeaves;

    private SameValue() {}

    /** Of two values that were picked out of documents. */
    public static boolean of(Value one, Value other) {
        if (one == Value.UNREADABLE || other == Value.UNREADABLE || one.kind() != other.kind()) {
            return false;
        }
        if (one.kind() != Kind.OBJECT && one.kind() != Kind.ARRAY) {
            return one.hasTextOf(other) || (one.kind() == Kind.NUMBER && isSameNumber(one, other));
        }
        try {
            return of(Trees.read(one.json()), Trees.read(other.json()));
        } catch (JacksonException | ArithmeticException | NumberFormatException unreadable) {
            return false;
        }
    }

    /** Of two trees, read with big decimals for fractions. */
    public static boolean of(JsonNode one, JsonNode other) {
        return one.equals(LEAVES, other);
    }

    private static boolean isSameNumber(Value one, Value other) {
        try {
            return new BigDecimal(one.text()).compareTo(new BigDecimal(other.text())) == 0;
        } catch (ArithmeticException | NumberFormatException absurd) {
            return false;
        }
    }

    private static int compareLeaves(JsonNode one, JsonNode other) {
        boolean numbers = one.isNumber() && other.isNumber();
        boolean same = numbers ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
        return same ? 0 : 1;
    }
}
