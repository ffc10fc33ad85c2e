/** A reply on its way back through a filter, where Reactor's own operators would take several steps for one. */
@NullMarked
package dev.sallyport.relay;

import org.jspecify.annotations.NullMarked;
