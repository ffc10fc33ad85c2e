/** What the console remembers of the meters: one reading every few seconds, for an hour, and what can be said of two of them. */
@NullMarked
package dev.sallyport.gateway.console.history;

import org.jspecify.annotations.NullMarked;
