/**
 * Who calls, and what that caller may do, where the gateway alone holds the provider's secrets. A caller proves itself by a client
 * certificate, an API key or a token of the company's issuer; what is not permitted is refused. The provider's own credentials are
 * put in place of the caller's, and from there on a call is known by its proven caller. {@link CallerFilter} is the first to read.
 * What is presented, who is known and why one is refused is seen by none but these, which is why they are one package.
 */
@NullMarked
package dev.sallyport.caller;

import org.jspecify.annotations.NullMarked;
