package dev.sallyport.overload;

/**
 * How a stretch of time went.
 *
 * @param calls how many were answered
 * @param lost how many ended without an answer
 * @param latency how long those that were answered took on average, in nanoseconds
 * @param inFlight calls in flight on average
 * @param limited whether a call found no free permit
 */
public record Window(long calls, long lost, double latency, double inFlight, boolean limited) {}
