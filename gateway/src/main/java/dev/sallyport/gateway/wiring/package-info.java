/**
 * Hands everything to Spring, by theme: what serves calls, the edge towards callers, the connections that the gateway makes, keys,
 * and load. Nothing depends on this package: Spring finds it.
 */
@NullMarked
package dev.sallyport.gateway.wiring;

import org.jspecify.annotations.NullMarked;
