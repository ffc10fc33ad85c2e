package dev.sallyport.contract.schema;

import dev.sallyport.json.FoldedNames;
import dev.sallyport.json.JsonType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One schema, compiled: what {@link OnePassCheck} asks of a value of each type. Written by {@link SchemaCompiler} only, and
 * not changed once the compiler is done; mutable until then because schemas refer to each other in circles.
 */
public final class SchemaNode {
    static final int ANY_TYPE = 127;
    static final int NUMBER = JsonType.INTEGER.bit | JsonType.FRACTION.bit;

    /** Beside the bits of members: that an object came at all. No member has this bit. */
    public static final long CAME = Long.MIN_VALUE;

    /** No constraint at all. */
    public static final SchemaNode ANYTHING = new SchemaNode("", 0);

    /** An annotation: texts that are known to come; further ones may. Also in use by others who write open enumerations. */
    public static final String KNOWN_VALUES = "x-extensible-enum";

    static {
        ANYTHING.additional = ANYTHING; // while it was made, the field's initial value was still null
    }

    /**
     * A member that the schema names.
     *
     * @param requiredBit its bit among the required ones, or 0
     * @param bit its bit among all, or 0 if there are too many
     */
    public record Member(SchemaNode schema, long requiredBit, long bit) {
        /** Whether its absence is worth watching. */
        public boolean isOptional() {
            return requiredBit == 0 && bit != 0;
        }
    }

    public final String place;
    public final int id;
    int types = ANY_TYPE;
    boolean typesKnown;

    @Nullable
    Map<JsonType, SchemaNode> alternatives;

    @Nullable
    Set<Object> allowed;

    @Nullable
    Set<String> knownValues;

    boolean dateTime;

    public Map<String, Member> members = Map.of();

    /** The names of the members, by what they share with names that differ by case alone. */
    Map<String, String> foldedNames = Map.of();

    List<String> required = List.of();

    @Nullable
    SchemaNode additional = ANYTHING;

    @Nullable
    SchemaNode items;

    long minProperties;
    long maxProperties = Long.MAX_VALUE;
    long minItems;
    long maxItems = Long.MAX_VALUE;
    long minLength;
    long maxLength = Long.MAX_VALUE;

    @Nullable
    BigDecimal minimum;

    @Nullable
    BigDecimal maximum;

    @Nullable
    BigDecimal exclusiveMinimum;

    @Nullable
    BigDecimal exclusiveMaximum;

    /** @param id its number among those of the pack */
    SchemaNode(String place, int id) {
        this.place = place;
        this.id = id;
    }

    /** The name of a member that differs from another name by case alone; null if there is none. */
    @Nullable
    String sameButForCase(String name) {
        return foldedNames.isEmpty() ? null : foldedNames.get(FoldedNames.folded(name));
    }

    void members(Map<String, Member> named) {
        members = Map.copyOf(named);
        Map<String, String> folded = new HashMap<>();
        named.keySet().forEach(name -> folded.put(FoldedNames.folded(name), name));
        foldedNames = Map.copyOf(folded);
    }

    boolean allows(JsonType type) {
        return (types & type.bit) != 0;
    }

    boolean boundsLength() {
        return minLength > 0 || maxLength < Long.MAX_VALUE;
    }

    boolean boundsNumber() {
        return minimum != null || maximum != null || exclusiveMinimum != null || exclusiveMaximum != null;
    }

    /** The required names as bits, in the order of {@link #required}. */
    long requiredBits() {
        return required.size() == Long.SIZE ? -1L : (1L << required.size()) - 1;
    }

    /** The allowed types in the words of JSON Schema. */
    String typeNames() {
        List<String> names = Arrays.stream(JsonType.values())
                .filter(this::allows)
                .map(type -> type.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(ArrayList::new));
        if (names.remove("fraction")) {
            names.replaceAll(name -> name.equals("integer") ? "number" : name);
        }
        return String.join(" or ", names);
    }
}
