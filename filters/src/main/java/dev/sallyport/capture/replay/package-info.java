/**
 * Asks a contract pack about calls that were captured. Where values were masked, {@link dev.sallyport.capture.replay.Placeholders}
 * puts others of the same shape, and {@link dev.sallyport.capture.replay.Certainty} leaves out whatever only the mask may have
 * caused: a violation that is reported is one.
 */
@NullMarked
package dev.sallyport.capture.replay;

import org.jspecify.annotations.NullMarked;
