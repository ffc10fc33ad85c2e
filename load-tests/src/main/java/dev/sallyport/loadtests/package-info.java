/** The command line of the measurements: {@code load-tests/cpu-per-call}. */
@NullMarked
package dev.sallyport.loadtests;

import org.jspecify.annotations.NullMarked;
