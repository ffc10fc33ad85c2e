/** Bodies as they arrive, at either edge. */
@NullMarked
package dev.sallyport.gateway.body;

import org.jspecify.annotations.NullMarked;
