/**
 * In what two contract packs differ, in words: what one refuses that the other lets through. {@code check} tells a pack that
 * extends another so, and {@code contracts diff} any two. {@link dev.sallyport.contract.difference.PackDifference} is the way in.
 */
@NullMarked
package dev.sallyport.contract.difference;

import org.jspecify.annotations.NullMarked;
