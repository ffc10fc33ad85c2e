package dev.sallyport.loadtests.load;

import java.time.Duration;

/**
 * Calls that come at random, so many in a second on the average, each independent of the others.
 *
 * @param seed the same for those that are compared: they then come at the same times
 */
public record Arrivals(double perSecond, Duration time, long seed) {}
