package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.RuleSpec.Checked;
import dev.sallyport.contract.rule.RuleSpec.Outcome;
import dev.sallyport.json.SameValue;
import dev.sallyport.json.Trees;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What was asked for as members of an object stands in each of the others that are present, objects in it merged: custom
 * claims in the session and its token. A member asked for as {@code null} is one that is to go.
 *
 * @param except names that the provider ignores
 */
public record ContainsMembers(
        String asked, List<String> in, @Nullable List<String> except) implements RuleSpec {
    public ContainsMembers {
        Objects.requireNonNull(asked, "asked is missing");
        Objects.requireNonNull(in, "in is missing");
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field wanted = fields.field(asked);
        List<Field> carriers = fields.all(in);
        String words = "must have what " + asked + " asked for, in each of " + String.join(", ", in);
        return new Outcome(name, "", place, words, null)
                .unless(facts -> !facts.value(wanted).isPresent()
                        || carriers.stream().allMatch(carrier -> carries(facts.value(carrier), facts.value(wanted))));
    }

    private boolean carries(Value carrier, Value wanted) {
        if (!carrier.isPresent()) {
            return true;
        }
        if (carrier.kind() != Kind.OBJECT || wanted.kind() != Kind.OBJECT) {
            return false;
        }
        try {
            return holds(Trees.read(carrier.json()), Trees.read(wanted.json()), skipped());
        } catch (JacksonException | ArithmeticException | NumberFormatException absurd) {
            return false; // a number in it is out of all bounds
        }
    }

    private List<String> skipped() {
        return Objects.requireNonNullElse(except, List.of());
    }

    private static boolean holds(JsonNode carrier, JsonNode wanted, List<String> skipped) {
        for (String name : wanted.propertyNames()) {
            if (!skipped.contains(name) && !isThere(carrier.get(name), wanted.get(name))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isThere(@Nullable JsonNode found, JsonNode wanted) {
        if (wanted.isNull()) {
            return found == null || found.isNull();
        }
        if (found == null) {
            return false;
        }
        if (wanted.isObject() && found.isObject()) {
            return holds(found, wanted, List.of());
        }
        return SameValue.of(wanted, found);
    }
}
