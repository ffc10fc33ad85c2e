/**
 * HTTP/1.1 towards the provider, on Netty itself: connections, and the one exchange at a time that each carries. {@link
 * dev.sallyport.gateway.provider.connection.ConnectionPool} is the way in; what an exchange is about comes as an {@link
 * dev.sallyport.gateway.provider.connection.Exchange} and goes to a {@link
 * dev.sallyport.gateway.provider.connection.ReplyReader}.
 *
 * <p>Everything of a connection happens on its event loop, which is that of the call. What loops know of each other is a few
 * numbers ({@code ConnectionPool}). Buffers live in {@code ProviderConnection} and below it: a request is one array before, a
 * reply one array after.
 */
@NullMarked
package dev.sallyport.gateway.provider.connection;

import org.jspecify.annotations.NullMarked;
