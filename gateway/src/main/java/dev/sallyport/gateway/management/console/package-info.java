/**
 * Serves the console on the management port: addresses, header fields, the stream of live changes, and the clock by which the
 * console looks at the meters. The pages themselves are made by the module {@code console}.
 */
@NullMarked
package dev.sallyport.gateway.management.console;

import org.jspecify.annotations.NullMarked;
