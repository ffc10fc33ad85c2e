/** The programs that are measured, each started the same way. */
@NullMarked
package dev.sallyport.loadtests.gateways;

import org.jspecify.annotations.NullMarked;
