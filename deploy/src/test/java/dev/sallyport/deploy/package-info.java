/** Tests of the files that it is deployed with, by the programs that read them. */
@NullMarked
package dev.sallyport.deploy;

import org.jspecify.annotations.NullMarked;
