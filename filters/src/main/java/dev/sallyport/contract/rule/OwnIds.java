package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import java.util.List;

/**
 * How a provider's own ids begin. Callers may choose what slugs and external ids are, so one of those must not answer for what
 * looks like an id that the provider gave.
 */
record OwnIds(List<String> beginnings) {
    OwnIds {
        if (beginnings.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("own-ids must say how ids begin");
        }
    }

    /** Whether what was asked for is such an id. */
    boolean include(Value asked) {
        if (beginnings.isEmpty() || !asked.isPresent()) {
            return false;
        }
        String text = asked.text();
        for (String beginning : beginnings) {
            if (text.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
