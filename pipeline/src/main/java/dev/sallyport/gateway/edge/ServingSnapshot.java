package dev.sallyport.gateway.edge;

import dev.sallyport.call.Headers;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What calls meet. A call asks for it once and keeps it.
 *
 * @param otherCalls what calls of the provider that no contract knows meet
 * @param renderer writes refusals
 * @param fields what of a caller's header fields is believed
 * @param words what the log may say of documents
 */
public record ServingSnapshot(
        Routes routes, OtherCalls otherCalls, RejectionRenderer renderer, CallerFields fields, PackWords words) {
    /** Names in lower case of header fields that only the gateway writes: a caller's own end here. */
    public Set<String> ours() {
        return fields.ours();
    }

    /** The id of a call: the caller's own if the caller is trusted to choose one, else a new one. */
    public String requestId(Headers headers, String address) {
        @Nullable String chosen = fields.requestId(headers, address);
        return chosen == null ? renderer.newRequestId() : chosen;
    }
}
