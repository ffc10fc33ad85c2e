/**
 * What one caller, or many, may take of the server: {@link dev.sallyport.gateway.http.connection.Admission} decides which
 * connections are taken, {@link dev.sallyport.gateway.http.connection.ConnectionCodec} reads one request at a time, and
 * {@link dev.sallyport.gateway.http.connection.CallerConnection} gives each connection its turn, bounds how long an answer may
 * wait for its reader, and ends a connection so that the last answer arrives. {@link
 * dev.sallyport.gateway.http.connection.OpenConnections} ends them all when the gateway stops. The parts of one connection see each
 * other's state, which is why they are one package. Nothing here knows what a call means.
 */
@NullMarked
package dev.sallyport.gateway.http.connection;

import org.jspecify.annotations.NullMarked;
