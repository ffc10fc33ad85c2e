/**
 * What the log says of refusals, so that an operator finds one by the id that the caller got, and its cause.
 * {@link dev.sallyport.gateway.log.RefusalLog} writes one line for each; {@link dev.sallyport.gateway.log.RepeatedLines} writes so
 * many lines of one kind in full, counts the rest, and tells their number in one line. No value of a body, a token or a header
 * gets into a line, but for request ids of a harmless form.
 */
@NullMarked
package dev.sallyport.gateway.log;

import org.jspecify.annotations.NullMarked;
