/**
 * Our own settings, bound to the records of {@code dev.sallyport.config}: {@link dev.sallyport.gateway.settings.bind.OwnSettings}
 * reads them and notes every mistake, {@link dev.sallyport.gateway.settings.bind.KnownKeys} knows which keys there are.
 */
@NullMarked
package dev.sallyport.gateway.settings.bind;

import org.jspecify.annotations.NullMarked;
