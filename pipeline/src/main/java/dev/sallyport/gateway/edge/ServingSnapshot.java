package dev.sallyport.gateway.edge;

import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.rejection.RejectionRenderer;
import java.util.Set;

/**
 * What calls meet. A call asks for it once and keeps it.
 *
 * @param otherCalls what calls of the provider that no contract knows meet
 * @param renderer writes refusals
 * @param ours names in lower case of header fields that only the gateway writes: a caller's own end here
 * @param words what the log may say of documents
 */
public record ServingSnapshot(
        Routes routes, OtherCalls otherCalls, RejectionRenderer renderer, Set<String> ours, PackWords words) {
    public ServingSnapshot {
        ours = Set.copyOf(ours);
    }
}
