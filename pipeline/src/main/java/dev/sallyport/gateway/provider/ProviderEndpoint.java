package dev.sallyport.gateway.provider;

import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Target;
import java.net.URI;

/**
 * Where calls go, and how.
 *
 * @param replyLimit bytes of a reply's body
 * @param watch hears what came of exchanges
 */
public record ProviderEndpoint(ConnectionPool connections, Target target, int replyLimit, ProviderWatch watch) {
    /** The target of a base URL without a slash at the end. */
    public ProviderEndpoint(ConnectionPool connections, URI baseUrl, int replyLimit) {
        this(connections, Target.of(baseUrl), replyLimit, new ProviderWatch());
    }

    /** The provider of the settings. */
    public static ProviderEndpoint of(ProviderSettings provider, ConnectionPool connections, ProviderWatch watch) {
        int replyLimit = (int) provider.replyLimit().bytes();
        return new ProviderEndpoint(connections, Target.of(provider.baseUrl()), replyLimit, watch);
    }
}
