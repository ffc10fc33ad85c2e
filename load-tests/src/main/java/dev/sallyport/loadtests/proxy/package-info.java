/** A proxy written on Reactor Netty alone, for comparison: what its server and client cost without anything between them. */
@NullMarked
package dev.sallyport.loadtests.proxy;

import org.jspecify.annotations.NullMarked;
