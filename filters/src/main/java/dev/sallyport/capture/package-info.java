/**
 * Calls kept for replay. What is kept is masked by construction: only what the contract pack calls harmless is written as it
 * is; of all else, its shape. {@link dev.sallyport.capture.CaptureFilter} sees the call as it came,
 * {@link dev.sallyport.capture.ProviderReplyFilter} the reply as the provider gave it, and a
 * {@link dev.sallyport.capture.CaptureSink} takes both off the event loop, where {@link dev.sallyport.capture.Masking} and
 * {@link dev.sallyport.capture.CaptureLine} do the rest.
 */
@NullMarked
package dev.sallyport.capture;

import org.jspecify.annotations.NullMarked;
