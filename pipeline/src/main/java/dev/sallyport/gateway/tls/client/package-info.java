/** TLS towards the provider, the issuer of callers' tokens and the store: Spring's SSL bundles as Netty's client contexts. */
@NullMarked
package dev.sallyport.gateway.tls.client;

import org.jspecify.annotations.NullMarked;
