package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.RuleSpec.Checked;
import dev.sallyport.contract.rule.RuleSpec.Outcome;
import dev.sallyport.json.SameValue;
import java.util.List;
import java.util.Objects;

/**
 * What was asked for is what was answered, under one of its names: an organization by id, slug or external id. Where nothing
 * was asked for there is nothing to compare; what was asked for and is not answered at all breaks the rule.
 */
public record MatchesAnyOf(String asked, List<String> answered) implements RuleSpec {
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
        String words = "must be what " + asked + " names"
                + (answered.size() > 1 ? ": one of " + String.join(", ", answered) : ": " + answered.get(0));
        return new Outcome(name, "", place, words, null).unless(facts -> isAnswered(facts, wanted, names));
    }

    private static boolean isAnswered(Facts facts, Field wanted, List<Field> names) {
        Value value = facts.value(wanted);
        if (!value.isPresent()) {
            return true;
        }
        for (Field name : names) {
            if (SameValue.of(facts.value(name), value)) {
                return true;
            }
        }
        return false;
    }
}
