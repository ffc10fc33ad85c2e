package dev.sallyport.contract.schema;

import dev.sallyport.json.JsonType;
import dev.sallyport.json.bytes.ByteNames;
import dev.sallyport.json.bytes.InDoubt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema, and the fields to be picked, at one place of a document, made ready for {@link ByteWalk}: numbers and tables. Written
 * by {@link ShapeCompiler} and not changed after that; mutable until then because shapes lead to each other in circles, as
 * schemas do.
 */
final class Shape {
    static final int NOT_PICKED = -1;

    private static final ByteNames NO_NAMES = new ByteNames(List.of());
    private static final NamedMember[] NO_MEMBERS = {};

    /** The schema, for all that is seldom asked. */
    final SchemaNode node;

    /** Nothing is asked of the value but that it is strict JSON. */
    final boolean anything;

    /** Where the value is kept, or {@link #NOT_PICKED}. */
    final int slot;

    /** The types that are in order, as far as a type tells. */
    int types;

    /** What each type decides on, by its number; null if there is nothing to choose. */
    @Nullable
    Shape @Nullable [] byType;

    /** The names that the schema or a field knows, numbered as {@link #members}. */
    ByteNames names = NO_NAMES;

    NamedMember[] members = NO_MEMBERS;
    long required;

    /** What all other members have to be; null if there must be none. */
    @Nullable
    Shape additional;

    Shape items = this;

    /** The texts that are allowed; null if all are. */
    @Nullable
    ByteNames allowedTexts;

    /** The texts that are known to come; null if none are listed. */
    @Nullable
    ByteNames knownTexts;

    /** Whether anything is asked of a text but that it is one. */
    boolean asksOfText;

    boolean dateTime;

    /** Characters of a text. */
    int minLength;

    int maxLength = Integer.MAX_VALUE;

    /** Whether the schema names members. */
    boolean namesMembers;

    int minMembers;

    int maxMembers = Integer.MAX_VALUE;

    int minItems;

    int maxItems = Integer.MAX_VALUE;

    /** The least and the most whole number that is within the bounds. */
    long least;

    long most;

    /**
     * A member that the schema or a field knows.
     *
     * @param shape what it has to be; null if it must not come
     * @param requiredBit its bit among the required ones, or 0
     * @param bit its bit among those that the schema names, or 0
     * @param named whether the schema names it
     */
    record NamedMember(@Nullable Shape shape, long requiredBit, long bit, boolean named) {}

    Shape(SchemaNode node, boolean anything, int slot) {
        this.node = node;
        this.anything = anything;
        this.slot = slot;
        this.types = node.types;
    }

    /** The number of a type. */
    static int number(JsonType type) {
        return Integer.numberOfTrailingZeros(type.bit);
    }

    /** What a value of a type has to be. */
    Shape of(JsonType type) {
        @Nullable Shape chosen = byType == null ? this : byType[number(type)];
        if (chosen == null || (chosen.types & type.bit) == 0) {
            throw new InDoubt();
        }
        return chosen;
    }
}
