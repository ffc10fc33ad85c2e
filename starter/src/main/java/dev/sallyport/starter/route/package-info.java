/**
 * The edge towards a route: an exchange becomes a {@link dev.sallyport.call.Call}, the rest of the route's filters becomes what
 * answers it, each attempt anew, and a {@link dev.sallyport.call.Reply} becomes the exchange's response.
 */
@NullMarked
package dev.sallyport.starter.route;

import org.jspecify.annotations.NullMarked;
