/** How many calls may be with the provider at a time, and which of them are refused first when there are more. */
@NullMarked
package dev.sallyport.config.concurrency;

import org.jspecify.annotations.NullMarked;
