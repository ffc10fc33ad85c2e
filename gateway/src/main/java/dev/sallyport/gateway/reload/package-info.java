/**
 * Generations of settings and contracts. {@link dev.sallyport.gateway.reload.Reloader} holds the one that serves and puts the
 * next in its place, whole or not at all; calls in flight keep the one that they began with.
 */
@NullMarked
package dev.sallyport.gateway.reload;

import org.jspecify.annotations.NullMarked;
