/**
 * A stand-in for the identity provider, true enough that the provider's own clients cannot tell: real sockets, real keys,
 * the provider's bodies, ids, errors and messages. It shares no code with the gateway, so that it cannot share its
 * mistakes.
 */
@NullMarked
package dev.sallyport.sandbox;

import org.jspecify.annotations.NullMarked;
