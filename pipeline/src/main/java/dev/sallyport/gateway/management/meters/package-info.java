/**
 * What filters and edges tell, as meters: calls with their outcome, status and fault, doors and the provider with their times,
 * contracts, session tokens and their keys. Names and labels are public; see {@code docs/metrics.md}. A label's values are known
 * from the settings or the contract pack, never taken from a call. There is one class for each part that tells of itself, all of the
 * same form, which is why they are one package.
 */
@NullMarked
package dev.sallyport.gateway.management.meters;

import org.jspecify.annotations.NullMarked;
