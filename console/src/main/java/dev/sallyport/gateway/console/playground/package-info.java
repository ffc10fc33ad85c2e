/** Tries documents against contracts as a call would be, and keeps nothing of them. */
@NullMarked
package dev.sallyport.gateway.console.playground;

import org.jspecify.annotations.NullMarked;
