/**
 * Traces of calls, by OpenTelemetry through Micrometer: whose trace a call belongs to, what is recorded of it, and how spans get to a
 * collector without a call waiting for it. Off by default; then {@link dev.sallyport.gateway.trace.Tracing} is all that is loaded.
 */
@NullMarked
package dev.sallyport.gateway.trace;

import org.jspecify.annotations.NullMarked;
