/**
 * The edge towards the provider: where a {@link dev.sallyport.call.Call} becomes HTTP and the provider's answer becomes a
 * {@link dev.sallyport.call.Reply}. {@link dev.sallyport.gateway.provider.ProviderUpstream} makes the calls,
 * {@link dev.sallyport.gateway.provider.JwksOverHttp} fetches keys and
 * {@link dev.sallyport.gateway.provider.FingerprintOverHttp} looks devices up, each on connections of
 * {@link dev.sallyport.gateway.provider.ProviderClients}, which {@link dev.sallyport.gateway.provider.connection} makes and
 * keeps.
 */
@NullMarked
package dev.sallyport.gateway.provider;

import org.jspecify.annotations.NullMarked;
