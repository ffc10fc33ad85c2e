package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.RuleSpec.Checked;
import dev.sallyport.contract.rule.RuleSpec.Outcome;
import dev.sallyport.json.SameValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for is what was answered, under one of its names: an organization by id, slug or external id. Where nothing
 * was asked for there is nothing to compare; what was asked for and is not answered at all breaks the rule.
 *
 * @param answered the first is the provider's own id
 * @param ownIds how the provider's own ids begin, if it has any here: what begins so is answered by the first alone, because
 *     other names may be chosen to look like it
 */
public record MatchesAnyOf(
        String asked, List<String> answered, @Nullable List<String> ownIds) implements RuleSpec {
    public MatchesAnyOf {
        Objects.requireNonNull(asked, "asked is missing");
        Objects.requireNonNull(answered, "answered is missing");
        if (answered.isEmpty()) {
            throw new IllegalArgumentException("answered is empty");
        }
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field wanted = fields.field(asked);
        List<Field> names = fields.all(answered);
        var own = new OwnIds(Objects.requireNonNullElse(ownIds, List.of()));
        return new Outcome(name, "", place, words(), null).unless(facts -> {
            Value value = facts.value(wanted);
            return !value.isPresent() || isAnswered(facts, value, own.include(value) ? names.subList(0, 1) : names);
        });
    }

    private String words() {
        String named = "must be what " + asked + " names: ";
        if (answered.size() == 1) {
            return named + answered.get(0);
        }
        return named + "one of " + String.join(", ", answered)
                + (ownIds == null ? "" : "; if it is one of the provider's own ids, the first");
    }

    private static boolean isAnswered(Facts facts, Value wanted, List<Field> names) {
        for (Field name : names) {
            if (SameValue.of(facts.value(name), wanted)) {
                return true;
            }
        }
        return false;
    }
}
