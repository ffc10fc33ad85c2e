/** The settings that serve, with where each was written. Secrets do not print themselves. */
@NullMarked
package dev.sallyport.gateway.console.settings;

import org.jspecify.annotations.NullMarked;
