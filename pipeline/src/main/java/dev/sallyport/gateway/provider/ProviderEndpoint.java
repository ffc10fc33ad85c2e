package dev.sallyport.gateway.provider;

import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Target;
import java.net.URI;

/**
 * Where calls go, and how.
 *
 * @param replyLimit bytes of a reply's body
 */
public record ProviderEndpoint(ConnectionPool connections, Target target, int replyLimit) {
    /** The target of a base URL without a slash at the end. */
    public ProviderEndpoint(ConnectionPool connections, URI baseUrl, int replyLimit) {
        this(connections, Target.of(baseUrl), replyLimit);
    }
}
