/** The store that gateways share: where it is and how long it is waited for. */
@NullMarked
package dev.sallyport.config.store;

import org.jspecify.annotations.NullMarked;
