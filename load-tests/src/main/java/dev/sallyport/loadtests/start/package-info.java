/** What a start costs, and how much memory a gateway lives in. */
@NullMarked
package dev.sallyport.loadtests.start;

import org.jspecify.annotations.NullMarked;
