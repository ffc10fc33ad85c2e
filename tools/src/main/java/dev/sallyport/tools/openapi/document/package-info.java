/**
 * An OpenAPI document with the place of everything in it, and the notes on what could not be carried over.
 */
@NullMarked
package dev.sallyport.tools.openapi.document;

import org.jspecify.annotations.NullMarked;
