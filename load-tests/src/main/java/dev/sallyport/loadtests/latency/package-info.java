/** The time that a gateway adds to a call. */
@NullMarked
package dev.sallyport.loadtests.latency;

import org.jspecify.annotations.NullMarked;
