/**
 * Limits that several gateways count together, in a store that they share. {@link dev.sallyport.ratelimit.shared.SharedLimitStore}
 * asks the store with one script for all buckets of a call, and takes permits ahead: a {@link
 * dev.sallyport.ratelimit.shared.Lease} is what one gateway holds of one bucket, so that most calls wait for nothing. What is not
 * used is given back.
 */
@NullMarked
package dev.sallyport.ratelimit.shared;

import org.jspecify.annotations.NullMarked;
