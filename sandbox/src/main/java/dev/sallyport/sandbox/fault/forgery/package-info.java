/**
 * Session tokens forged in every way that a verifier must notice: the signature, the header, the claims, the text itself.
 */
@NullMarked
package dev.sallyport.sandbox.fault.forgery;

import org.jspecify.annotations.NullMarked;
