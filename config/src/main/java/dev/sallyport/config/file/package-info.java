/** Files that an operator names on a command line. */
@NullMarked
package dev.sallyport.config.file;

import org.jspecify.annotations.NullMarked;
