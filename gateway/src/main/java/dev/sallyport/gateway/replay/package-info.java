/**
 * What {@code contracts replay} does beside deciding: reads a capture line by line, counts, and prints. Decisions are in
 * {@code dev.sallyport.capture.replay}.
 */
@NullMarked
package dev.sallyport.gateway.replay;

import org.jspecify.annotations.NullMarked;
