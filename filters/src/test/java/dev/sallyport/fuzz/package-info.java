/**
 * What reads foreign bytes, as targets of a fuzzer: each takes any bytes and throws if something does not hold. load-tests/fuzz makes
 * bytes; the build replays the corpora in src/test/resources/fuzz, which that has left.
 */
@NullMarked
package dev.sallyport.fuzz;

import org.jspecify.annotations.NullMarked;
