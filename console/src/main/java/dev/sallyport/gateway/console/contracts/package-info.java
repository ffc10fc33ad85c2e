/** The contracts themselves: each schema as a tree with the places that break and drift, and the rules in words. */
@NullMarked
package dev.sallyport.gateway.console.contracts;

import org.jspecify.annotations.NullMarked;
