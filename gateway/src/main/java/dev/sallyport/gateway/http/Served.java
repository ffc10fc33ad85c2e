package dev.sallyport.gateway.http;

import java.util.Set;

/**
 * What calls meet. A call asks for it once and keeps it.
 *
 * @param ours headers that only the gateway writes: a caller's own end here
 */
public record Served(Routes routes, Set<String> ours) {
    public Served {
        ours = Set.copyOf(ours);
    }
}
