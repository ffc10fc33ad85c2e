/**
 * Staying up when the provider does not: one deadline for everything behind it, and retries of what certainly never reached
 * the provider. {@link dev.sallyport.resilience.RetryDecision} decides, from an attempt; the filters wait and try again.
 */
@NullMarked
package dev.sallyport.resilience;

import org.jspecify.annotations.NullMarked;
