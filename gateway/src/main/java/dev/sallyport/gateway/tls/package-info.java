/**
 * TLS as settings describe it: Spring's SSL bundles, made into what connections to the provider need, and tried at the start,
 * so that a certificate that is missing or options that nothing supports are not found out by the first call.
 */
@NullMarked
package dev.sallyport.gateway.tls;

import org.jspecify.annotations.NullMarked;
