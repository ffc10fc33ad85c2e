/**
 * What is wrong with settings, said with the key, the place where it was written, what was expected, and the nearest known key.
 * All of it at once, unknown environment variables included: Boot's binder stops at the first mistake and knows nothing of those.
 */
@NullMarked
package dev.sallyport.gateway.settings.problem;

import org.jspecify.annotations.NullMarked;
