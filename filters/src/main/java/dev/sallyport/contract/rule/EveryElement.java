package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.RuleSpec.Checked;
import dev.sallyport.contract.rule.RuleSpec.Outcome;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every item of a list belongs to what was asked for. A provider may be asked by an id that its items do not repeat (an id of the
 * caller's own making); then all items must at least belong to one and the same.
 *
 * @param in the list
 * @param at pointers into an item: under one of them it names what it belongs to; the first is the provider's own id
 * @param asked what was asked for
 * @param ownIds how the provider's own ids begin: what was asked for and begins so must be named by every item
 */
public record EveryElement(String in, List<String> at, String asked, List<String> ownIds) implements RuleSpec {
    private static final JsonMapper JSON = new JsonMapper();

    public EveryElement {
        Objects.requireNonNull(in, "in is missing");
        Objects.requireNonNull(at, "at is missing");
        Objects.requireNonNull(asked, "asked is missing");
        Objects.requireNonNull(ownIds, "own-ids are missing");
        if (at.isEmpty() || !at.stream().allMatch(pointer -> pointer.startsWith("/"))) {
            throw new IllegalArgumentException("at must be a list of JSON Pointers into an item");
        }
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field list = fields.field(in);
        Field wanted = fields.field(asked);
        String words = "must have items of what " + asked + " names only, by " + String.join(" or ", at);
        return new Outcome(name, RuleSpec.pointer(in), place, words, null)
                .unless(facts -> holds(facts.value(list), facts.value(wanted)));
    }

    private boolean holds(Value list, Value wanted) {
        if (!list.isPresent()) {
            return true;
        }
        if (list.kind() != Kind.ARRAY) {
            return false;
        }
        try {
            return belong(JSON.readTree(list.json()), wanted);
        } catch (JacksonException | ArithmeticException | NumberFormatException absurd) {
            return false; // a number in it is out of all bounds
        }
    }

    private boolean belong(JsonNode items, Value wanted) {
        boolean byOwnId = wanted.isPresent() && ownIds.stream().anyMatch(wanted.text()::startsWith);
        String first = items.isEmpty() ? "" : items.get(0).at(at.get(0)).asString("");
        for (JsonNode item : items) {
            String owner = item.at(at.get(0)).asString("");
            boolean named = wanted.isPresent() && isNamed(item, wanted.text());
            if (owner.isEmpty() || !owner.equals(first) || (byOwnId && !named)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(JsonNode item, String wanted) {
        return at.stream().anyMatch(pointer -> item.at(pointer).asString("").equals(wanted));
    }
}
