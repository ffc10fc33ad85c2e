/**
 * What an operator can say of telemetry: its mode, what each outcome of a lookup leads to, the cache, the circuit breaker, and
 * the headers that carry results.
 */
@NullMarked
package dev.sallyport.config.telemetry;

import org.jspecify.annotations.NullMarked;
