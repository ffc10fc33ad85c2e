package dev.sallyport.call;

import org.jspecify.annotations.Nullable;

/**
 * Who a call was proven to come from.
 *
 * @param name from the settings
 * @param project the one that the call may be for; null if there is none
 */
public record ProvenCaller(String name, @Nullable String project) {
    /** No credentials read so: a header's value has no line feed. */
    String identity() {
        return "caller\n" + name;
    }
}
