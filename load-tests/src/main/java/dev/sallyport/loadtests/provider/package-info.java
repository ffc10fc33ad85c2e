/** The provider of a measurement: replies that the sandbox signed, served by a server that is never the bottleneck. */
@NullMarked
package dev.sallyport.loadtests.provider;

import org.jspecify.annotations.NullMarked;
