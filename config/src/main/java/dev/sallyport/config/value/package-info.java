/**
 * Values that settings are made of, such as sizes and shares, and the checks that name the key of a wrong one.
 */
@NullMarked
package dev.sallyport.config.value;

import org.jspecify.annotations.NullMarked;
