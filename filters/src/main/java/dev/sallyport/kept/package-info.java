/**
 * Replies of the provider's that the gateway gives once more. {@link dev.sallyport.kept.KeptKeysFilter} answers those who fetch
 * session keys with the keys that the gateway verifies with; {@link dev.sallyport.kept.LastGoodFilter} asks the provider, and
 * gives what it last said to the same credentials if it does not answer. Both mark what they give as a
 * {@link dev.sallyport.kept.KeptReply} says.
 */
@NullMarked
package dev.sallyport.kept;

import org.jspecify.annotations.NullMarked;
