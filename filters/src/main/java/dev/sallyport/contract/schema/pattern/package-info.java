/**
 * Regular expressions of schemas, in time that grows with the text alone: patterns of ECMA-262 are translated to RE2, and what
 * cannot be translated is not accepted.
 */
@NullMarked
package dev.sallyport.contract.schema.pattern;

import org.jspecify.annotations.NullMarked;
