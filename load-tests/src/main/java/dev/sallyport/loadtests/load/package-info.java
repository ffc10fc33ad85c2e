/** A closed loop of calls on kept connections that counts correct replies only. */
@NullMarked
package dev.sallyport.loadtests.load;

import org.jspecify.annotations.NullMarked;
