/**
 * Limits on how often something may be called. A {@link dev.sallyport.ratelimit.Limit} says what is counted and how much is
 * permitted; a {@link dev.sallyport.ratelimit.LimitStore} keeps the buckets.
 */
@NullMarked
package dev.sallyport.ratelimit;

import org.jspecify.annotations.NullMarked;
