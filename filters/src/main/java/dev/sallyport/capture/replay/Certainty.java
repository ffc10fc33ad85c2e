package dev.sallyport.capture.replay;

import dev.sallyport.capture.Mask;
import dev.sallyport.capture.Mask.Kind;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.rejection.Violation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a violation of a document with stand-ins is one of the document itself. In doubt it is not: a capture never shows
 * less than what it can show for certain, and never more.
 */
final class Certainty {
    private static final String RULES = "catalog.yml#/rules/";

    /** What a mask keeps of a text: that it was one, and how long it was. */
    private static final Set<String> OF_TEXT = Set.of("type", "minLength", "maxLength");

    private static final Set<String> OF_SIZE =
            Set.of("minProperties", "maxProperties", "minItems", "maxItems", "repeated");

    /** About what is there, not about what it says. */
    private static final Set<String> OF_STRUCTURE = Set.of(
            "type",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "minItems",
            "maxItems",
            "repeated");

    /** Keywords of which one branch may fail while the whole holds, or which hold or not by what a masked value was. */
    private static final Set<String> BRANCHES = Set.of(
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentSchemas",
            "contains",
            "unevaluatedProperties",
            "unevaluatedItems",
            "propertyNames",
            "patternProperties");

    private final MaskedPaths masked;
    private final KnownMembers members;
    private final Set<String> asked;
    private final boolean library;

    /**
     * Judges the violations of one document.
     *
     * @param members what the contract knows of such documents
     * @param asked pointers that rules look at
     * @param library whether the library checked it: then a violation may stand in a branch that need not hold
     */
    Certainty(MaskedPaths masked, KnownMembers members, Set<String> asked, boolean library) {
        this.masked = masked;
        this.members = members;
        this.asked = asked;
        this.library = library;
    }

    boolean of(Violation violation) {
        String pointer = violation.at();
        if (violation.contractPointer().startsWith(RULES)) {
            return knowsWhatRulesAsk()
                    && (masked.value(pointer) != null || !masked.anyWithin(pointer) || pointer.isEmpty());
        }
        return !masked.isInside(pointer)
                && !mayBeOfAKnownName(pointer)
                && !(library && standsInDoubtfulBranch(violation))
                && (violation.keyword().equals("required") ? isMissing(pointer) : atValue(violation));
    }

    /** Whether every field that a rule looks at is there or not, and says what a rule may compare. */
    boolean knowsWhatRulesAsk() {
        return asked.stream().allMatch(this::isKnown);
    }

    private boolean isKnown(String pointer) {
        Mask mask = masked.value(pointer);
        boolean comparable = mask == null
                || mask.kind() == Kind.STRING
                || mask.kind() == Kind.JWT
                || mask.kind() == Kind.OBJECT
                || mask.kind() == Kind.ARRAY;
        for (String step = pointer; comparable && !step.isEmpty(); step = MaskedPaths.parent(step)) {
            comparable = isMissing(step);
        }
        return comparable && !masked.isInside(pointer);
    }

    private boolean atValue(Violation violation) {
        String keyword = violation.keyword();
        Mask mask = masked.value(violation.at());
        if (mask == null) {
            boolean hidden = keyword.equals("additionalProperties") && hidesKnownName(violation.at());
            return !hidden && (OF_STRUCTURE.contains(keyword) || !masked.anyWithin(violation.at()));
        }
        return switch (mask.kind()) {
            case STRING, JWT, NAME -> OF_TEXT.contains(keyword) || isAdditional(violation);
            case INTEGER, FRACTION, BOOLEAN -> keyword.equals("type") || isAdditional(violation);
            case OBJECT, ARRAY ->
                keyword.equals("type")
                        || isAdditional(violation)
                        || (OF_SIZE.contains(keyword) && !masked.isUnlike(violation.at()));
        };
    }

    private static boolean isAdditional(Violation violation) {
        return violation.keyword().equals("additionalProperties");
    }

    /** A member is missing only if none of the masked names beside it can be its name. */
    private boolean isMissing(String pointer) {
        int length = bytes(MaskedPaths.lastStep(pointer));
        return masked.names(MaskedPaths.parent(pointer)).stream().noneMatch(name -> name.bytes() == length);
    }

    /** Whether a step of the pointer is a masked name that may be one which the contract knows at its place. */
    private boolean mayBeOfAKnownName(String pointer) {
        for (String step = pointer; !step.isEmpty(); step = MaskedPaths.parent(step)) {
            @Nullable Mask name = Mask.parse(MaskedPaths.lastStep(step));
            if (name != null && mayBeKnown(name, MaskedPaths.parent(step))) {
                return true;
            }
        }
        return false;
    }

    private boolean hidesKnownName(String objectPointer) {
        return masked.names(objectPointer).stream().anyMatch(name -> mayBeKnown(name, objectPointer));
    }

    private boolean mayBeKnown(Mask name, String objectPointer) {
        KnownMembers known = at(objectPointer);
        return known.knowsNamesByPattern()
                || known.names().stream().anyMatch(candidate -> bytes(candidate) == name.bytes());
    }

    private KnownMembers at(String pointer) {
        KnownMembers known = members;
        for (String step : steps(pointer)) {
            @Nullable KnownMembers below = known.below(step);
            boolean item = below == null && step.chars().allMatch(Character::isDigit);
            known = below != null ? below : item ? known.items() : KnownMembers.NOTHING;
        }
        return known;
    }

    /** Whether the violation stands in a branch that a masked value may have chosen. */
    private boolean standsInDoubtfulBranch(Violation violation) {
        List<String> path = steps(violation
                .contractPointer()
                .substring(violation.contractPointer().indexOf('#') + 1));
        List<String> way = steps(violation.at());
        String instance = "";
        int taken = 0;
        for (int index = 0; index < path.size(); index++) {
            String keyword = path.get(index);
            if (BRANCHES.contains(keyword)) {
                return masked.anyWithin(instance) || masked.isInside(instance) || masked.value(instance) != null;
            }
            boolean named = keyword.equals("properties");
            boolean item = keyword.equals("items") || keyword.equals("additionalProperties");
            boolean last = index == path.size() - 1;
            if ((named || keyword.equals("prefixItems") || item) && !last && taken < way.size()) {
                instance = MaskedPaths.below(instance, way.get(taken++));
                index += item ? 0 : 1;
            }
        }
        return false;
    }

    private static List<String> steps(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : List.of(pointer.substring(1).split("/", -1)).stream()
                        .map(step -> step.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    private static int bytes(String name) {
        return name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
