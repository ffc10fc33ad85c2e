package dev.sallyport.gateway.assembly;

import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.token.keys.KeySource;

/** How calls reach the provider, and the keys that it signs with. */
record ProviderAccess(ConnectionPool connections, KeySource keys) {}
