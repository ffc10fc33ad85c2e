/**
 * The files of a contract pack, from the class path or from a folder, and what can be wrong with them: every
 * {@link dev.sallyport.contract.file.PackProblem} names its file and its place.
 */
@NullMarked
package dev.sallyport.contract.file;

import org.jspecify.annotations.NullMarked;
