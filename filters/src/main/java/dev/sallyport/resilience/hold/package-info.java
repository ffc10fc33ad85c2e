/**
 * The provider's own limits. Once it answers 429, calls with the same credentials are held back here for a while, so that they
 * do not use up what it has for all who share them. {@link dev.sallyport.resilience.hold.Hold} decides for how long, and {@link
 * dev.sallyport.resilience.hold.ProviderHolds} remembers for which.
 */
@NullMarked
package dev.sallyport.resilience.hold;

import org.jspecify.annotations.NullMarked;
