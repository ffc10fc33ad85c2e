/**
 * JSON read from its bytes, for the documents that are in order: nearly all. What is not, or is written in a way that hardly
 * any is, ends a reading with {@link dev.sallyport.json.bytes.InDoubt}, and {@link dev.sallyport.json.StrictJson} says what it is.
 */
@NullMarked
package dev.sallyport.json.bytes;

import org.jspecify.annotations.NullMarked;
