/**
 * Benchmarks of single pieces, each beside what it was chosen over. {@code load-tests/jmh} runs them. They measure the code
 * that is shipped, on bodies that the pack shows as examples; what a whole call costs, {@code load-tests/cpu-per-call} says.
 */
@NullMarked
package dev.sallyport.loadtests.benchmarks;

import org.jspecify.annotations.NullMarked;
