/**
 * The demo: a sandbox, a gateway in front of it, and a walk through calls that pass both doors and calls that one of them
 * refuses. It knows the gateway only from outside, by its jar, its port and its log, as an operator does.
 */
@NullMarked
package dev.sallyport.sandbox.demo;

import org.jspecify.annotations.NullMarked;
