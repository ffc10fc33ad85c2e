/**
 * Generations of settings and contracts. {@link dev.sallyport.gateway.reload.Reloader} holds the one that serves and puts the
 * next in its place, whole or not at all; calls in flight keep the one that they began with. Modes that hold for a while lie over the settings,
 * in generations of their own.
 */
@NullMarked
package dev.sallyport.gateway.reload;

import org.jspecify.annotations.NullMarked;
