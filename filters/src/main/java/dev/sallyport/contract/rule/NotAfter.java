package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.contract.rule.RuleSpec.Checked;
import dev.sallyport.contract.rule.RuleSpec.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One moment does not come after another. Where one of them is missing, nothing can be said; one that is there and cannot be
 * read breaks the rule.
 *
 * @param within how much later it may be
 */
public record NotAfter(String earlier, String later, Duration within) implements RuleSpec {
    public NotAfter {
        Objects.requireNonNull(earlier, "earlier is missing");
        Objects.requireNonNull(later, "later is missing");
        Objects.requireNonNull(within, "within is missing");
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field first = fields.field(earlier);
        Field second = fields.field(later);
        var broken = new Outcome(name, "", place, earlier + " must not be after " + later, null);
        return broken.unless(facts -> holds(facts.value(first), facts.value(second)));
    }

    private boolean holds(Value first, Value second) {
        return !first.isPresent() || !second.isPresent() || isInOrder(TimeValues.of(first), TimeValues.of(second));
    }

    private boolean isInOrder(@Nullable Instant first, @Nullable Instant second) {
        return first != null && second != null && !first.isAfter(second.plus(within));
    }
}
