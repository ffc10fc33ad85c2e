/**
 * What the log says of calls: a line for each ({@link dev.sallyport.gateway.log.AccessLog}), one for each session that was made,
 * refused or revoked ({@link dev.sallyport.gateway.log.AuditLog}), one for each refusal, by the id that the caller got and with its
 * cause ({@link dev.sallyport.gateway.log.RefusalLog}), and what fails, once per change of state ({@link
 * dev.sallyport.gateway.log.FailureWatch}). {@link dev.sallyport.gateway.log.RepeatedLines} writes so many lines of one kind in full,
 * counts the rest, and tells their number in one line. No value of a body, a token or a header gets into a line, but for request
 * ids of a harmless form. One package, since a line of any kind takes its words from the same few types.
 */
@NullMarked
package dev.sallyport.gateway.log;

import org.jspecify.annotations.NullMarked;
