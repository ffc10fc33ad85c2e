/**
 * The connection to the Redis or Valkey server that gateways share, over Lettuce. {@link dev.sallyport.gateway.store.StoreLink}
 * keeps one connection and makes a new one in the background when it is lost; {@link dev.sallyport.gateway.store.RedisStore}
 * sends scripts on it, bounded in number and time; {@link dev.sallyport.gateway.store.StoreAccess} is what the gateway holds,
 * whether there is a store or not.
 */
@NullMarked
package dev.sallyport.gateway.store;

import org.jspecify.annotations.NullMarked;
