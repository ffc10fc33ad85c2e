/**
 * What is wrong with settings, said with the key, the place where it was written, what was expected, and the nearest known key.
 */
@NullMarked
package dev.sallyport.gateway.settings.problem;

import org.jspecify.annotations.NullMarked;
