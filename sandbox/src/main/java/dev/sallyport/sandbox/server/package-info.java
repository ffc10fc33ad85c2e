/**
 * The HTTP side on Reactor Netty: the table of routes, who is let in, reading and recording requests, writing replies. {@link
 * dev.sallyport.sandbox.server.Routes} lists everything that can be asked for; read it first.
 */
@NullMarked
package dev.sallyport.sandbox.server;

import org.jspecify.annotations.NullMarked;
