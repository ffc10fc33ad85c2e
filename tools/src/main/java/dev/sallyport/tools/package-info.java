/**
 * The commands that make contract packs and try them: {@code contracts import} and {@code contracts replay}. A program of its
 * own, which the gateway does not carry.
 */
@NullMarked
package dev.sallyport.tools;

import org.jspecify.annotations.NullMarked;
