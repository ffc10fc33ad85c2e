/**
 * The console: pages about the running gateway, each a function of what is known at a moment. {@code ConsoleSources} says where that
 * comes from; {@code Console} has a method for each page. Nothing here is asked while calls are served.
 */
@NullMarked
package dev.sallyport.gateway.console;

import org.jspecify.annotations.NullMarked;
