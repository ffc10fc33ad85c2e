/**
 * What gateways share: a {@link dev.sallyport.store.SharedStore} runs a {@link dev.sallyport.store.Script} on a server that all
 * of them reach, in one round trip and undivided. It answers in its time or says why it did not; what that leads to is up to
 * those who ask.
 */
@NullMarked
package dev.sallyport.store;

import org.jspecify.annotations.NullMarked;
