/**
 * The edge towards callers, put together: where HTTP becomes a {@link dev.sallyport.call.Call} and a
 * {@link dev.sallyport.call.Reply} becomes HTTP again. What is malformed is refused by
 * {@link dev.sallyport.gateway.http.FramingGuard} before anything else sees it; {@link dev.sallyport.gateway.http.call} takes the
 * calls of known operations and leaves all else to Spring Cloud Gateway, by way of
 * {@link dev.sallyport.gateway.http.OtherRequests}. Buffers are handled here and at the provider's edge, and nowhere else.
 */
@NullMarked
package dev.sallyport.gateway.http;

import org.jspecify.annotations.NullMarked;
