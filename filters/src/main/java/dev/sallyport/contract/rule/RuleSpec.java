package dev.sallyport.contract.rule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sallyport.call.Value;
import dev.sallyport.config.contract.Mode;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.json.CompactJson;
import dev.sallyport.json.SameValue;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the catalog writes it: its kind, then what it is about. Compiled into a {@link Rule} when the slots of its
 * fields are known. The kinds are alike in shape because each is bound by the names that it has in {@code catalog.yml}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RuleSpec.OneOf.class, name = "exactly-one-of"),
    @JsonSubTypes.Type(value = RuleSpec.AtMostOneOf.class, name = "at-most-one-of"),
    @JsonSubTypes.Type(value = RuleSpec.JsonSize.class, name = "json-size"),
    @JsonSubTypes.Type(value = RuleSpec.ReservedNames.class, name = "reserved-names"),
    @JsonSubTypes.Type(value = RuleSpec.Equal.class, name = "equal"),
    @JsonSubTypes.Type(value = RuleSpec.When.class, name = "when"),
    @JsonSubTypes.Type(value = RuleSpec.AllOrNone.class, name = "all-or-none"),
    @JsonSubTypes.Type(value = RuleSpec.AllPresent.class, name = "all-present"),
    @JsonSubTypes.Type(value = MatchesAnyOf.class, name = "matches-any-of"),
    @JsonSubTypes.Type(value = DurationMatches.class, name = "duration-matches"),
    @JsonSubTypes.Type(value = ContainsMembers.class, name = "contains-members"),
    @JsonSubTypes.Type(value = NotAfter.class, name = "not-after"),
    @JsonSubTypes.Type(value = EveryElement.class, name = "every"),
})
public interface RuleSpec {
    /**
     * The rule, ready to be asked.
     *
     * @param name what its violations call it
     * @param place where the rule stands, for messages and metrics
     */
    Checked compile(Fields fields, String name, String place);

    /** Exactly one of the fields is present. */
    record OneOf(
            List<String> of,
            @Nullable String none,
            @Nullable String several) implements RuleSpec {
        public OneOf {
            Objects.requireNonNull(of, "of is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            List<Field> selectors = fields.all(of);
            var tooFew = new Outcome(name, "", place, "needs exactly one of " + names(of), none);
            var tooMany = new Outcome(name, "", place, "takes only one of " + names(of), several);
            return tooFew.rule(facts -> switch ((int) countPresent(facts, selectors)) {
                case 0 -> tooFew.violation();
                case 1 -> null;
                default -> tooMany.violation();
            });
        }
    }

    /** At most one of the fields is present. */
    record AtMostOneOf(List<String> of, @Nullable String several) implements RuleSpec {
        public AtMostOneOf {
            Objects.requireNonNull(of, "of is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            List<Field> selectors = fields.all(of);
            var tooMany = new Outcome(name, "", place, "takes at most one of " + names(of), several);
            return tooMany.unless(facts -> countPresent(facts, selectors) <= 1);
        }
    }

    /** An object is not larger than so many bytes when written as compact UTF-8 JSON. */
    record JsonSize(String at, int maxBytes, @Nullable String errorType) implements RuleSpec {
        public JsonSize {
            Objects.requireNonNull(at, "at is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            Field field = fields.field(at);
            String words = "must not be larger than " + maxBytes + " bytes of compact JSON";
            var tooLarge = new Outcome(name, pointer(at), place, words, errorType);
            return tooLarge.unless(facts -> CompactJson.fits(facts.value(field), maxBytes));
        }
    }

    /** An object has none of these member names. The provider ignores them, so this is counted and never refused. */
    record ReservedNames(String at, List<String> names) implements RuleSpec {
        public ReservedNames {
            Objects.requireNonNull(at, "at is missing");
            Objects.requireNonNull(names, "names is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            Field field = fields.field(at);
            var reserved = new Outcome(name, pointer(at), place, "names a reserved claim", null);
            return reserved.unless(facts -> !CompactJson.hasAny(facts.value(field), names))
                    .with(Mode.REPORT);
        }
    }

    /** All of the fields that are present have the same value. */
    record Equal(List<String> values) implements RuleSpec {
        public Equal {
            Objects.requireNonNull(values, "values is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            List<Field> bound = fields.all(values);
            var different = new Outcome(name, "", place, "must be the same in " + String.join(", ", values), null);
            return different.unless(facts -> agree(facts, bound));
        }

        private static boolean agree(Facts facts, List<Field> bound) {
            Value first = Value.MISSING;
            for (Field field : bound) {
                Value value = facts.value(field);
                if (value.isPresent()) {
                    if (first.isPresent() && !SameValue.of(first, value)) {
                        return false;
                    }
                    first = value;
                }
            }
            return true;
        }
    }

    /**
     * When a field has a value (or is just {@code present}), some fields are present and others are not.
     *
     * @param present all of these are
     * @param any at least one of these is, if there are any
     * @param absent none of these is
     */
    record When(
            String value,
            String is,
            @Nullable List<String> present,
            @Nullable List<String> any,
            @Nullable List<String> absent)
            implements RuleSpec {
        public When {
            Objects.requireNonNull(value, "value is missing");
            Objects.requireNonNull(is, "is is missing");
            if (orNone(present).isEmpty()
                    && orNone(any).isEmpty()
                    && orNone(absent).isEmpty()) {
                throw new IllegalArgumentException("a rule of the kind when needs one of present, any, absent");
            }
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            Field condition = fields.field(value);
            List<Field> needed = fields.all(orNone(present));
            List<Field> oneOf = fields.all(orNone(any));
            List<Field> barred = fields.all(orNone(absent));
            var broken = new Outcome(name, "", place, words(), null);
            return broken.unless(facts -> !applies(facts.value(condition))
                    || (countPresent(facts, needed) == needed.size()
                            && (oneOf.isEmpty() || countPresent(facts, oneOf) > 0)
                            && countPresent(facts, barred) == 0));
        }

        private boolean applies(Value found) {
            return is.equals("present") ? found.isPresent() : found.text().equals(is);
        }

        private String words() {
            List<String> wanted = new ArrayList<>();
            addTo(wanted, "needs ", present);
            addTo(wanted, "needs one of ", any);
            addTo(wanted, "must not have ", absent);
            return String.join(" and ", wanted) + ", because " + value + " is " + is;
        }

        private static void addTo(List<String> wanted, String verb, @Nullable List<String> fields) {
            if (!orNone(fields).isEmpty()) {
                wanted.add(verb + names(orNone(fields)));
            }
        }

        private static List<String> orNone(@Nullable List<String> list) {
            return Objects.requireNonNullElse(list, List.of());
        }
    }

    /** The fields are all present, or all absent. */
    record AllOrNone(List<String> values) implements RuleSpec {
        public AllOrNone {
            Objects.requireNonNull(values, "values is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            List<Field> together = fields.all(values);
            var broken = new Outcome(name, "", place, "needs all or none of " + names(values), null);
            return broken.unless(facts -> {
                long present = countPresent(facts, together);
                return present == 0 || present == together.size();
            });
        }
    }

    /** The fields are all present. Unlike a schema's {@code required} it holds for bindings, whatever the door's mode. */
    record AllPresent(List<String> values) implements RuleSpec {
        public AllPresent {
            Objects.requireNonNull(values, "values is missing");
        }

        @Override
        public Checked compile(Fields fields, String name, String place) {
            List<Field> needed = fields.all(values);
            var broken = new Outcome(name, "", place, "needs all of " + names(values), null);
            return broken.unless(facts -> countPresent(facts, needed) == needed.size());
        }
    }

    /** How many of the fields are present. */
    private static long countPresent(Facts facts, List<Field> fields) {
        long present = 0;
        for (Field field : fields) {
            present += facts.value(field).isPresent() ? 1 : 0;
        }
        return present;
    }

    static String pointer(String named) {
        return named.substring(named.indexOf(':') + 1);
    }

    private static String names(List<String> named) {
        return named.stream().map(RuleSpec::pointer).collect(Collectors.joining(", "));
    }

    /** The violation that a rule gives, made once. */
    record Outcome(Violation violation) {
        Outcome(String name, String at, String place, String message, @Nullable String errorType) {
            this(new Violation(at, name, place, message, errorType));
        }

        Checked unless(Predicate<Facts> holds) {
            return new Checked(violation.keyword(), Mode.ENFORCE, facts -> holds.test(facts) ? null : violation);
        }

        Checked rule(Judgement judgement) {
            return new Checked(violation.keyword(), Mode.ENFORCE, judgement);
        }
    }

    /** What a rule comes down to. */
    @FunctionalInterface
    interface Judgement {
        @Nullable
        Violation of(Facts facts);
    }

    /** A compiled rule. */
    record Checked(String name, Mode defaultMode, boolean needsToken, Judgement judgement) implements Rule {
        Checked(String name, Mode defaultMode, Judgement judgement) {
            this(name, defaultMode, false, judgement);
        }

        public Checked with(Mode mode) {
            return new Checked(name, mode, needsToken, judgement);
        }

        /** The same rule, saying whether it cannot do without the claims of a verified token. */
        public Checked needingToken(boolean token) {
            return new Checked(name, defaultMode, token, judgement);
        }

        /** The same rule in other words. */
        public Checked saying(String message) {
            return new Checked(name, defaultMode, needsToken, facts -> {
                @Nullable Violation violation = judgement.of(facts);
                return violation == null ? null : violation.withMessage(message);
            });
        }

        @Override
        public @Nullable Violation check(Facts facts) {
            return judgement.of(facts);
        }
    }
}
