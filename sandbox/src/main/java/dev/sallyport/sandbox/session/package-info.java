/**
 * Sessions and the tokens that speak for them: real RSA keys with certificates, rotation, the JWT's claims, a bounded
 * store, and a ring of sessions signed beforehand for load runs.
 */
@NullMarked
package dev.sallyport.sandbox.session;

import org.jspecify.annotations.NullMarked;
