/** Medians and spreads of rounds, and tables of them. */
@NullMarked
package dev.sallyport.loadtests.stats;

import org.jspecify.annotations.NullMarked;
