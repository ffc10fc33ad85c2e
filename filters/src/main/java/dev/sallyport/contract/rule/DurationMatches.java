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
 * From one moment to another it is as long as was asked for, in minutes. Both moments are the provider's own, so that its
 * clock and ours need not agree. Where one of the three is missing, nothing can be said; one that is there and cannot be read
 * breaks the rule.
 *
 * @param within how far off it may be
 */
public record DurationMatches(String minutes, String from, String to, Duration within) implements RuleSpec {
    public DurationMatches {
        Objects.requireNonNull(minutes, "minutes is missing");
        Objects.requireNonNull(from, "from is missing");
        Objects.requireNonNull(to, "to is missing");
        Objects.requireNonNull(within, "within is missing");
    }

    @Override
    public Checked compile(Fields fields, String name, String place) {
        Field asked = fields.field(minutes);
        Field begin = fields.field(from);
        Field end = fields.field(to);
        String words = "must be as long after " + from + " as " + minutes + " asked for";
        return new Outcome(name, RuleSpec.pointer(to), place, words, null)
                .unless(facts -> holds(facts.value(asked), facts.value(begin), facts.value(end)));
    }

    private boolean holds(Value asked, Value begin, Value end) {
        return !asked.isPresent()
                || !begin.isPresent()
                || !end.isPresent()
                || isAsLong(TimeValues.minutes(asked), TimeValues.of(begin), TimeValues.of(end));
    }

    private boolean isAsLong(@Nullable Duration asked, @Nullable Instant begin, @Nullable Instant end) {
        return asked != null
                && begin != null
                && end != null
                && Duration.between(begin.plus(asked), end).abs().compareTo(within) <= 0;
    }
}
