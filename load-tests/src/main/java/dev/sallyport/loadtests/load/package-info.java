/** Calls on kept connections, in a closed loop or when they are due, that count correct replies only. */
@NullMarked
package dev.sallyport.loadtests.load;

import org.jspecify.annotations.NullMarked;
