/**
 * Callers' connections that speak HTTP/2, which {@link dev.sallyport.gateway.http.stream.ProtocolChoice} finds out: each stream is a
 * channel of its own, with one request, behind which stand the handlers of a connection of HTTP/1.1.
 * {@link dev.sallyport.gateway.http.stream.Wire} bounds what a connection may send and leave unread,
 * {@link dev.sallyport.gateway.http.stream.StreamConnection} gives each stream its turn and ends the connection, and
 * {@link dev.sallyport.gateway.http.stream.StreamRequest} bounds one request. Nothing here knows what a call means.
 */
@NullMarked
package dev.sallyport.gateway.http.stream;

import org.jspecify.annotations.NullMarked;
