/**
 * The pack that an import gives: its draft, its text, its outline, and the trial of its examples.
 */
@NullMarked
package dev.sallyport.tools.openapi.pack;

import org.jspecify.annotations.NullMarked;
