package dev.sallyport.contract;

import dev.sallyport.call.Value;
import dev.sallyport.contract.Facts.Field;
import dev.sallyport.contract.RuleSpec.Checked;
import dev.sallyport.contract.RuleSpec.Outcome;
import java.util.List;
import java.util.Objects;

/**
 * What was asked for is what was answered, under one of its names: an organization by id, slug or external id. Where none of
 * the names is answered, nothing can be said.
 */
record AnsweredAs(String asked, List<String> answered) implements RuleSpec {
    AnsweredAs {
        Objects.requireNonNull(asked, "asked is missing");
        Objects.requireNonNull(answered, "answered is missing");
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field wanted = fields.field(asked);
        List<Field> names = fields.all(answered);
        String words = "must be what " + asked + " asked for: one of " + String.join(", ", answered);
        return new Outcome(name, "", place, words, null).unless(facts -> isAnswered(facts, wanted, names));
    }

    private static boolean isAnswered(Facts facts, Field wanted, List<Field> names) {
        Value value = facts.value(wanted);
        if (!value.isPresent()) {
            return true;
        }
        boolean nothingAnswered = true;
        for (Field name : names) {
            Value answer = facts.value(name);
            if (answer.isPresent()) {
                nothingAnswered = false;
                if (answer.isSameAs(value)) {
                    return true;
                }
            }
        }
        return nothingAnswered;
    }
}
