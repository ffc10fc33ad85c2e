package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.RuleSpec.Checked;
import dev.sallyport.contract.rule.RuleSpec.Outcome;
import dev.sallyport.json.Trees;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Every item of a list belongs to what was asked for. A provider may be asked by an id that its items do not repeat (an id of the
 * caller's own making); then all items must at least belong to one and the same.
 *
 * @param in the list
 * @param at pointer into an item, to the provider's own id of what it belongs to
 * @param asked what was asked for
 * @param ownIds how the provider's own ids begin: what was asked for and begins so must be named by every item
 */
public record EveryElement(String in, String at, String asked, List<String> ownIds) implements RuleSpec {
    public EveryElement {
        Objects.requireNonNull(in, "in is missing");
        Objects.requireNonNull(at, "at is missing");
        Objects.requireNonNull(asked, "asked is missing");
        Objects.requireNonNull(ownIds, "own-ids are missing");
        if (!at.startsWith("/")) {
            throw new IllegalArgumentException("at must be a JSON Pointer into an item");
        }
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field list = fields.field(in);
        Field wanted = fields.field(asked);
        String words = "must have items of what " + asked + " names only, by " + at;
        var own = new OwnIds(ownIds);
        return new Outcome(name, RuleSpec.pointer(in), place, words, null)
                .unless(facts -> holds(facts.value(list), facts.value(wanted), own));
    }

    private boolean holds(Value list, Value wanted, OwnIds own) {
        if (!list.isPresent()) {
            return true;
        }
        if (list.kind() != Kind.ARRAY) {
            return false;
        }
        try {
            return belong(Trees.approximate(list.json()), own.include(wanted) ? wanted.text() : null);
        } catch (JacksonException | ArithmeticException | NumberFormatException absurd) {
            return false; // a number in it is out of all bounds
        }
    }

    /**
     * Whether all items name the same owner.
     *
     * @param ownId the one that they have to name; null if any will do
     */
    private boolean belong(JsonNode items, @Nullable String ownId) {
        String first = items.isEmpty() ? "" : items.get(0).at(at).asString("");
        String wanted = ownId == null ? first : ownId;
        for (JsonNode item : items) {
            String owner = item.at(at).asString("");
            if (owner.isEmpty() || !owner.equals(wanted)) {
                return false;
            }
        }
        return true;
    }
}
