/**
 * Calls of known operations on the connection that they came on: {@link dev.sallyport.gateway.http.call.CallHandler} takes them
 * before Reactor Netty's request handling and writes their answers; {@link dev.sallyport.gateway.http.call.CallInProgress} is one
 * of them, from its head to its answer. {@link dev.sallyport.gateway.edge.Routes} says which requests are calls,
 * {@link dev.sallyport.gateway.edge.RefusalWriter} what a refusal looks like, that of another request as well.
 */
@NullMarked
package dev.sallyport.gateway.http.call;

import org.jspecify.annotations.NullMarked;
