/**
 * What one caller, or many, may take of the server: {@link dev.sallyport.gateway.http.connection.Admission} decides which
 * connections are taken, {@link dev.sallyport.gateway.http.connection.ConnectionCodec} reads one request at a time, and
 * {@link dev.sallyport.gateway.http.connection.CallerConnection} gives each connection its turn, bounds how long an answer may
 * wait for its reader, and ends a connection so that the last answer arrives. Nothing here knows what a call means.
 */
@NullMarked
package dev.sallyport.gateway.http.connection;

import org.jspecify.annotations.NullMarked;
