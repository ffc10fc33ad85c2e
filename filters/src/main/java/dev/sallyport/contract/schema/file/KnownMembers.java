package dev.sallyport.contract.schema.file;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which members a schema names, and where: its structure without its demands. Every branch of the schema counts, whether it
 * applies or not. Tells what a contract knows from what was made up. Filled by {@link KnownMembersReader}
 * only, because schemas refer to each other in circles; then only read.
 */
public final class KnownMembers {
    private static final KnownMembers SCALAR = new KnownMembers();

    static {
        SCALAR.type("string");
        SCALAR.type("number");
    }

    /** Names nothing. */
    public static final KnownMembers NOTHING = new KnownMembers();

    private final Map<String, KnownMembers> members = new LinkedHashMap<>();
    private @Nullable KnownMembers items;
    private final Set<String> types = new HashSet<>();
    private boolean namesByPattern;

    KnownMembers() {}

    /** An object with these members, all of them texts or numbers. */
    public static KnownMembers ofMembers(String... names) {
        var known = new KnownMembers();
        for (String name : names) {
            known.member(name, SCALAR);
        }
        return known;
    }

    void member(String name, KnownMembers below) {
        members.put(name, below);
    }

    void items(KnownMembers below) {
        items = below;
    }

    void type(String type) {
        types.add(type);
    }

    void namesByPattern() {
        namesByPattern = true;
    }

    /** The names of the members that are known here. */
    public Set<String> names() {
        return members.keySet();
    }

    /** What is known below a member; null if the member itself is not. */
    public @Nullable KnownMembers below(String name) {
        return members.get(name);
    }

    /** What is known of the items of an array here. */
    public KnownMembers items() {
        return items == null ? NOTHING : items;
    }

    /** Whether anything is known of the members or items of a value here; if not, they are the sender's own. */
    public boolean isFreeForm() {
        return members.isEmpty() && items == null;
    }

    /** Whether a text is expected here. */
    public boolean expectsText() {
        return types.contains("string");
    }

    /** Whether a number is expected here. */
    public boolean expectsNumber() {
        return types.contains("number") || types.contains("integer");
    }

    /** Whether a boolean is expected here. */
    public boolean expectsBoolean() {
        return types.contains("boolean");
    }

    /** Whether a list is expected here. */
    public boolean expectsArray() {
        return types.contains("array");
    }

    /** Whether the schema also speaks of members by a pattern of their names. */
    public boolean knowsNamesByPattern() {
        return namesByPattern;
    }
}
