/** The command line of the measurements: {@code load-tests/cpu-per-call} and {@code load-tests/start-and-memory}. */
@NullMarked
package dev.sallyport.loadtests;

import org.jspecify.annotations.NullMarked;
