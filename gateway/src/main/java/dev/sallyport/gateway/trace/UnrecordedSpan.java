package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;

/**
 * Of a call that is not recorded, with all of its parts. Other servers are told, so that they leave it out as well.
 *
 * @param parent what they are told
 */
record UnrecordedSpan(String parent) implements CallSpan {}
