/**
 * What an operator can say of the provider: its addresses, its projects and the connections to it.
 */
@NullMarked
package dev.sallyport.config.provider;

import org.jspecify.annotations.NullMarked;
