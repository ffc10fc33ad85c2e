/** What is read when it is asked for: keys at hand, connections of a pool, watches of contracts. */
@NullMarked
package dev.sallyport.gateway.management.gauges;

import org.jspecify.annotations.NullMarked;
