/**
 * Where captured calls go: a thread of its own takes them from a bounded queue and writes them to a file that makes room for a
 * new one when it is full. Nothing here is ever waited for, and nothing that goes wrong here reaches a call.
 */
@NullMarked
package dev.sallyport.gateway.capture;

import org.jspecify.annotations.NullMarked;
