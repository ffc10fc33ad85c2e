/**
 * How many calls may be with the provider at a time, and which are refused when there are more. {@link
 * dev.sallyport.overload.AdaptiveLimit} says how many, from how the last second went; {@link
 * dev.sallyport.overload.ConcurrencyLimiter} gives out permits by priority and keeps a short queue; {@link
 * dev.sallyport.overload.GradualShedding} says which calls are refused at the callers' edge, as the gateway itself has more to do than it can. None of
 * them knows Reactor, and time comes from outside, so that a simulation can try them on a clock of its own. The filter and its line
 * of waiting calls share their insides with the limit, which is why they are one package.
 */
@NullMarked
package dev.sallyport.overload;

import org.jspecify.annotations.NullMarked;
