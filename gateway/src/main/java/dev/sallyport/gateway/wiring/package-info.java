/**
 * Hands to Spring what stands around the calls, by theme: the edge towards callers, the connections that the gateway makes, keys,
 * and load. {@link dev.sallyport.gateway.assembly} does so for what serves calls. Nothing depends on this package: Spring finds it.
 */
@NullMarked
package dev.sallyport.gateway.wiring;

import org.jspecify.annotations.NullMarked;
