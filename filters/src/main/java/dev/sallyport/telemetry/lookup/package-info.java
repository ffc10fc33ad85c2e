/**
 * Asking the provider about a device: the request and its reply, a cache that shares answers, a guard of time and circuit
 * breaker, and the outcome.
 */
@NullMarked
package dev.sallyport.telemetry.lookup;

import org.jspecify.annotations.NullMarked;
