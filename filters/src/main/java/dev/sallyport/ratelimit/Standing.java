package dev.sallyport.ratelimit;

/**
 * How a bucket stands.
 *
 * @param left permits that are left, as far as this gateway knows
 * @param nanosToNext how long to wait for the permit that was asked for; 0 if there was one
 * @param nanosToFull how long until none is missing any more
 */
public record Standing(Limit limit, long left, long nanosToNext, long nanosToFull) {}
