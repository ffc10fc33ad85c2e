/**
 * What became of calls, as metrics: one outcome per call, whatever happened. The names are public; see
 * {@code docs/metrics.md}.
 */
@NullMarked
package dev.sallyport.observe;

import org.jspecify.annotations.NullMarked;
