package dev.sallyport.contract.schema;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where we mean to differ from a validator that judges what {@code JSON.parse} made of a document. It counts as such only if
 * we give that reason, and if that is what was done to the document.
 */
enum Difference {
    DUPLICATE_NAME(
            "two members of one name: we refuse, JSON.parse keeps the last",
            "has two members of the same name in one object"),
    UNPAIRED_SURROGATE(
            "half of a surrogate pair, escaped: we refuse, JSON.parse lets it stand", "contains an unpaired surrogate"),
    BOUNDS(
            "deeper than 32 levels, a name over 256 or a number over 100 characters: we refuse, JSON.parse has no bounds",
            "nests too deep, or has a name or number that is too long"),
    ABSURD_NUMBER(
            "an exponent of ten digits and more: we refuse, JSON.parse reads infinity or zero",
            "has a number that is out of all bounds"),
    ROUNDED_NUMBER("a number that no double holds: we compare what is written, JSON.parse rounds it first", ""),
    OTHER_CASE(
            "a name that differs from a member's by case alone: we refuse it in requests and replies, no schema says so",
            "case");

    final String words;
    private final String ours;

    Difference(String words, String ours) {
        this.words = words;
        this.ours = ours;
    }

    static Optional<Difference> explaining(Reading reading, Set<Change> changes) {
        String reason = reading instanceof Unreadable unreadable ? unreadable.what() : houseRule((Document) reading);
        return Arrays.stream(values())
                .filter(difference -> difference.ours.equals(reason))
                .filter(difference -> !Collections.disjoint(difference.causes(), changes))
                .findFirst();
    }

    /** The keyword that is no schema's, if all violations are of it. */
    private static String houseRule(Document document) {
        boolean all = !document.violations().isEmpty()
                && document.violations().stream()
                        .allMatch(violation -> violation.keyword().equals(OTHER_CASE.ours));
        return all ? OTHER_CASE.ours : "";
    }

    private Set<Change> causes() {
        return switch (this) {
            case DUPLICATE_NAME -> EnumSet.of(Change.DUPLICATE_NAME, Change.BYTES);
            case UNPAIRED_SURROGATE -> EnumSet.of(Change.UNPAIRED_SURROGATE);
            case BOUNDS -> EnumSet.of(Change.DEEP, Change.LONG_NAME, Change.LONG_NUMBER);
            case ABSURD_NUMBER -> EnumSet.of(Change.ABSURD_NUMBER);
            case ROUNDED_NUMBER -> EnumSet.of(Change.ROUNDED_NUMBER);
            case OTHER_CASE -> EnumSet.of(Change.RENAMED, Change.BYTES);
        };
    }
}
