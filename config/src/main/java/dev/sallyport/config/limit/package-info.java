/** How often the gateway may be called: what is counted, where, and what callers are told of it. */
@NullMarked
package dev.sallyport.config.limit;

import org.jspecify.annotations.NullMarked;
