/**
 * A call that is made again with the same {@code Idempotency-Key} is not carried out again: it gets the first one's answer, or is
 * told why it cannot. {@link dev.sallyport.idempotency.Outcome} says what became of a call,
 * {@link dev.sallyport.idempotency.ClaimStore} remembers it, {@link dev.sallyport.idempotency.Replay} gives an answer again,
 * and {@link dev.sallyport.idempotency.IdempotencyFilter} brings them together. What is sealed, digested and claimed is seen by
 * none but these, which is why they are one package.
 */
@NullMarked
package dev.sallyport.idempotency;

import org.jspecify.annotations.NullMarked;
