/**
 * What is known of the caller's device. In the mode {@code forward} the telemetry id that a frontend sent along is put into
 * the request, and the provider looks it up. In {@code observe} the gateway looks it up as well, beside the call; in
 * {@code enforce} first, and what it finds decides. A filter for each mode, one pure decision, and a lookup that shares its
 * answers, keeps its time, and stops asking who does not answer.
 */
@NullMarked
package dev.sallyport.telemetry;

import org.jspecify.annotations.NullMarked;
