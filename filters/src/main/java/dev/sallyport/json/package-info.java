/**
 * JSON as every part needs it: strict reading, compact writing, pointers, query text, and how values and names compare. Knows
 * nothing of contracts.
 */
@NullMarked
package dev.sallyport.json;

import org.jspecify.annotations.NullMarked;
