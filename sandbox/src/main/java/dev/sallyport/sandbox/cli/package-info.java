/**
 * The command line of the sandbox.
 */
@NullMarked
package dev.sallyport.sandbox.cli;

import org.jspecify.annotations.NullMarked;
