/**
 * The devices that telemetry ids stand for. Nothing is remembered: all that is known of a device follows from its telemetry
 * id, so that a session's reply and a fingerprint lookup tell the same story, and a test can choose which.
 */
@NullMarked
package dev.sallyport.sandbox.device;

import org.jspecify.annotations.NullMarked;
