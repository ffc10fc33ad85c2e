/**
 * The event loops of the gateway: the threads that serve callers, reach the provider and resolve names. There is one set of them
 * for both edges, so that a call stays on the thread that it came in on. Reactor Netty would make its own; ours differ from those
 * in one point, {@link dev.sallyport.gateway.loop.LastingRegistrations}.
 */
@NullMarked
package dev.sallyport.gateway.loop;

import org.jspecify.annotations.NullMarked;
