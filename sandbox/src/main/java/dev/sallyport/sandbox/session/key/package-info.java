/**
 * Signing keys with their certificates, the rings that rotate them, and the JWS that they sign.
 */
@NullMarked
package dev.sallyport.sandbox.session.key;

import org.jspecify.annotations.NullMarked;
