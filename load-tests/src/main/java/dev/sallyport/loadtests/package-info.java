/**
 * The command line of the measurements: {@code load-tests/cpu-per-call}, {@code start-and-memory}
 * and {@code added-latency}.
 */
@NullMarked
package dev.sallyport.loadtests;

import org.jspecify.annotations.NullMarked;
