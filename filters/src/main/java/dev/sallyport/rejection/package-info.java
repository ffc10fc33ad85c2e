/**
 * The gateway's own refusals. An expected refusal is a value, a {@link dev.sallyport.rejection.Rejection} with a
 * {@link dev.sallyport.rejection.Reason}; one renderer turns it into an answer that every provider SDK reads. What is not a
 * rejection is a bug.
 */
@NullMarked
package dev.sallyport.rejection;

import org.jspecify.annotations.NullMarked;
