/**
 * What is known of the caller's device. In the mode {@code forward} the telemetry id that a frontend sent along is put into
 * the request, and the provider looks it up.
 */
@NullMarked
package dev.sallyport.telemetry;

import org.jspecify.annotations.NullMarked;
