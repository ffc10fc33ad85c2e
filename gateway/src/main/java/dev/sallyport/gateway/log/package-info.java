/**
 * What keeps the log readable when much goes wrong at once. {@link dev.sallyport.gateway.log.RepeatedLines} writes so many lines
 * of one kind in full, counts the rest, and tells their number in one line.
 */
@NullMarked
package dev.sallyport.gateway.log;

import org.jspecify.annotations.NullMarked;
