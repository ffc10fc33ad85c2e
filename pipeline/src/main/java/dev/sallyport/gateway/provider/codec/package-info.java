/**
 * HTTP/1.1 of one connection to the provider: what a reply is, where it ends, and whether the connection may carry another call
 * after it.
 */
@NullMarked
package dev.sallyport.gateway.provider.codec;

import org.jspecify.annotations.NullMarked;
