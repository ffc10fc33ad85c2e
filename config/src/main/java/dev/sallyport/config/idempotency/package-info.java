/**
 * What an operator says of calls with an {@code Idempotency-Key}.
 */
@NullMarked
package dev.sallyport.config.idempotency;

import org.jspecify.annotations.NullMarked;
