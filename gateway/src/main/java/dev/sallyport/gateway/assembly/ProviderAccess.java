package dev.sallyport.gateway.assembly;

import dev.sallyport.token.keys.KeySource;
import reactor.netty.http.client.HttpClient;

/** How calls reach the provider, and the keys that it signs with. */
record ProviderAccess(HttpClient client, KeySource keys) {}
