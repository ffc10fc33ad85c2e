/**
 * Laws that hold for all input, tried on drawn input. A {@link dev.sallyport.laws.Draws} is where a try has its values from;
 * {@link dev.sallyport.laws.Laws} makes the tries, and tells of a failed one how to have it again.
 */
@NullMarked
package dev.sallyport.laws;

import org.jspecify.annotations.NullMarked;
