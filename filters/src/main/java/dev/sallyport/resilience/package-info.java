/**
 * Staying up when the provider does not: one deadline for a call, retries where nothing is done twice by them, and a breaker
 * for each group of operations. {@link dev.sallyport.resilience.RetryDecision} decides about another attempt, {@link
 * dev.sallyport.resilience.RetryBudget} keeps retries to a share of the calls, and {@link
 * dev.sallyport.resilience.ProviderBreaker} says whether the provider may be asked; the filters wait and try again.
 */
@NullMarked
package dev.sallyport.resilience;

import org.jspecify.annotations.NullMarked;
