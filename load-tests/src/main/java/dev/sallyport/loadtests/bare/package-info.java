/** Plain Spring Cloud Gateway, for comparison: one route, no filter, no check. */
@NullMarked
package dev.sallyport.loadtests.bare;

import org.jspecify.annotations.NullMarked;
