/**
 * The session token at the second door. {@link dev.sallyport.token.TokenCheck} decides, from a token, the provider's keys and
 * the time; {@link dev.sallyport.token.keys.KeySource} has the keys at hand; {@link dev.sallyport.token.SessionTokenFilter} lets
 * nothing through that was not verified and bound to the rest of the reply.
 */
@NullMarked
package dev.sallyport.token;

import org.jspecify.annotations.NullMarked;
