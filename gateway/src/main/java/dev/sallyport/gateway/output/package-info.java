/**
 * Where the log goes: {@link dev.sallyport.gateway.output.LogOutput} puts a bounded queue in front of the console, so that no event
 * loop waits for it, and gives it the form that the settings say.
 */
@NullMarked
package dev.sallyport.gateway.output;

import org.jspecify.annotations.NullMarked;
