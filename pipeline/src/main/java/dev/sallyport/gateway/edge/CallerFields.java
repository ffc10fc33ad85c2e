package dev.sallyport.gateway.edge;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Trail;
import dev.sallyport.gateway.log.HarmlessId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a caller's header fields is believed.
 *
 * @param ours names in lower case of those that only the gateway writes
 * @param trusted who may choose the id of a call, and is told where its time went
 */
public record CallerFields(Set<String> ours, TrustedCallers trusted) {
    public CallerFields {
        ours = Set.copyOf(ours);
    }

    /** The id that a trusted caller chose; null if it chose none, or one that may not be told. */
    @Nullable
    String requestId(Headers headers, String address) {
        @Nullable String chosen = trusted.isEmpty() ? null : headers.first(Trail.REQUEST_ID);
        return chosen != null && trusted.contains(address) ? HarmlessId.of(chosen) : null;
    }
}
