/**
 * The edge: where HTTP becomes a {@link dev.sallyport.call.Call} and a {@link dev.sallyport.call.Reply} becomes HTTP again.
 * What is malformed is refused by {@link dev.sallyport.gateway.http.FramingGuard} before anything else sees it;
 * {@link dev.sallyport.gateway.http.SessionCallHandler} takes the calls of known operations and leaves all else to Spring
 * Cloud Gateway; {@link dev.sallyport.gateway.http.ProviderUpstream} asks the provider. Buffers are handled here and
 * nowhere else.
 */
@NullMarked
package dev.sallyport.gateway.http;

import org.jspecify.annotations.NullMarked;
