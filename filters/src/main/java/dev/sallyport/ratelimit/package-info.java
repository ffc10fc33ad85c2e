/**
 * Limits on how often something may be called. A {@link dev.sallyport.ratelimit.Limit} says what is counted and how much is
 * permitted; a {@link dev.sallyport.ratelimit.LimitStore} keeps the buckets. {@link dev.sallyport.ratelimit.Permits} gives one
 * permit of each limit or none. Addresses are limited before a call is looked at, projects once it holds its contract, and a
 * project's permits go to calls with {@link dev.sallyport.ratelimit.GoodCredentials} alone.
 */
@NullMarked
package dev.sallyport.ratelimit;

import org.jspecify.annotations.NullMarked;
