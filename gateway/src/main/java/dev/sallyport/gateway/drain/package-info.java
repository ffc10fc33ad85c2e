/** How the gateway stops without losing a call: {@link dev.sallyport.gateway.drain.Drain}, begun by a signal. */
@NullMarked
package dev.sallyport.gateway.drain;

import org.jspecify.annotations.NullMarked;
